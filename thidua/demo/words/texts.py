"""The longer texts of the demo, worded as such papers are."""

LAW_2020 = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003 và các Luật sửa đổi, bổ sung một "
    "số điều của Luật Thi đua, khen thưởng;\n"
    "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết "
    "thi hành một số điều của Luật Thi đua, khen thưởng;\n"
    "Căn cứ Hướng dẫn số 1479/HD-BTĐKT ngày 25 tháng 7 năm 2016 của Ban Thi đua – Khen thưởng "
    "Trung ương;\n"
    "Căn cứ kết quả thảo luận tại hội nghị của khối."
)
LAW_2026 = (
    "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15, được sửa đổi, bổ sung bởi Luật số "
    "06/2026/QH16;\n"
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân "
    "cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành "
    "một số điều của Luật Thi đua, khen thưởng;\n"
    "Căn cứ Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ;\n"
    "Căn cứ kết quả thảo luận của các đơn vị thành viên."
)
MIDYEAR = (
    "Các đơn vị thành viên đã triển khai kế hoạch, giao ước thi đua; trên 50% chỉ tiêu năm đạt "
    "tiến độ; chưa có đơn vị nào vi phạm quy chế hoạt động (số liệu minh họa)."
)
REGISTERED_TITLES = (
    "Tập thể lao động xuất sắc; Bằng khen của Chủ tịch UBND tỉnh; phấn đấu được đề nghị tặng Cờ "
    "thi đua của UBND tỉnh"
)
REGISTERED_CONTENT = (
    "Hoàn thành 100% nhiệm vụ UBND tỉnh giao năm {year}, trong đó ít nhất 98% đúng hạn.\n"
    "Chỉ số cải cách hành chính xếp loại tốt trở lên; hồ sơ giải quyết đúng hạn từ 98%.\n"
    "Có ít nhất 02 sáng kiến, mô hình mới được công nhận; không có cá nhân bị kỷ luật."
)
CONTENTS = (
    "Thi đua hoàn thành xuất sắc nhiệm vụ chính trị, các chỉ tiêu kế hoạch được giao\n"
    "Thi đua cải cách hành chính, chuyển đổi số; nâng tỷ lệ hồ sơ giải quyết đúng hạn\n"
    "Chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước; phòng, chống tham nhũng; "
    "thực hành tiết kiệm, chống lãng phí\n"
    "Xây dựng tổ chức đảng, đoàn thể trong sạch, vững mạnh; cơ quan đạt chuẩn văn hóa, an toàn về "
    "an ninh, trật tự\n"
    "Hưởng ứng các phong trào thi đua do Thủ tướng Chính phủ, UBND tỉnh phát động; phát hiện, bồi "
    "dưỡng, nhân rộng điển hình tiên tiến"
)
EXECUTION = (
    "Thủ trưởng các đơn vị tổ chức phát động, ký kết giao ước thi đua trong đơn vị\n"
    "Khối trưởng, khối phó đôn đốc, kiểm tra, tổ chức sơ kết, tổng kết, chấm điểm và bình xét"
)
TARGETS = (
    ("Đơn vị hoàn thành tốt nhiệm vụ trở lên", "%", "100"),
    ("Hồ sơ thủ tục hành chính giải quyết đúng hạn, trước hạn", "%", "99.5"),
    ("Sáng kiến, mô hình mới được công nhận của mỗi đơn vị", "sáng kiến", "1"),
)
RESULTS = (
    "{unit} đã triển khai đầy đủ các nhiệm vụ UBND tỉnh giao năm {year}; phần lớn chỉ tiêu đạt và "
    "vượt kế hoạch. Công tác cải cách hành chính, chuyển đổi số được quan tâm; hồ sơ giải quyết "
    "đúng hạn, trước hạn đạt tỷ lệ cao (số liệu minh họa)."
)
MOVEMENTS = (
    "Đơn vị đã tổ chức phát động, đăng ký và ký kết giao ước thi đua; hưởng ứng các phong trào thi "
    "đua do Thủ tướng Chính phủ, UBND tỉnh và khối phát động; giới thiệu gương điển hình tiên tiến."
)
SHORTCOMINGS = (
    "Một số nhiệm vụ phối hợp còn chậm; việc nhân rộng điển hình chưa thường xuyên. Nguyên nhân "
    "chủ yếu do khối lượng công việc tăng, cán bộ phụ trách công tác thi đua còn kiêm nhiệm."
)
RETURNED_WHY = "Mục I.3.1 ghi 05 sáng kiến nhưng chưa kèm quyết định công nhận; đề nghị bổ sung."
EXPLANATION = (
    "Đơn vị đề nghị khối xem xét lại điểm mục III.2: kế hoạch phát động đã ban hành trong tháng 3, "
    "văn bản gửi kèm giải trình này (số liệu minh họa)."
)
CONCLUSION = (
    "Hội nghị thống nhất điểm, xếp hạng và kết quả suy tôn; giao khối trưởng hoàn thiện hồ sơ, "
    "trình cơ quan thường trực theo đúng thời hạn."
)
SUMMARY = (
    "Các đơn vị thành viên đã thực hiện nội dung giao ước thi đua, tự chấm điểm đúng hướng dẫn; "
    "kết quả đã được thẩm định và thống nhất tại hội nghị tổng kết (số liệu minh họa)."
)
FLAG_MERIT = "Hoàn thành xuất sắc nhiệm vụ, dẫn đầu phong trào thi đua năm {year} của {bloc}"
CERTIFICATE_MERIT = "Có thành tích xuất sắc trong phong trào thi đua năm {year} của {bloc}"
