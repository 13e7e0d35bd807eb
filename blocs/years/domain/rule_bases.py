"""The rules of a year that cite an article of a legal text."""

UNCITED = "chưa dẫn căn cứ"
# The rules of a year that cite a text, by what they are about.
RULES = {
    "table": "bảng chấm điểm",
    "signatures": "số chữ ký để giao ước có hiệu lực",
    "submission": "thời điểm nộp báo cáo được tính",
    "decimals": "số chữ số thập phân của điểm",
    "empty": "tiêu chí chính để trống",
    "ties": "thứ tự ưu tiên khi bằng điểm",
    "part_year": "so sánh đơn vị tham gia không trọn năm",
    "classes": "xếp loại",
    "late": "nộp báo cáo chậm",
    "appraisal": "thẩm định và kiến nghị",
    "quorum": "túc số",
    "votes": "tỷ lệ phiếu",
    "posts": "số đơn vị phó được bầu",
    "flags": "số Cờ thi đua",
    "certificates": "số Bằng khen",
    "place": "hạng cuối cùng được đề nghị",
}
