"""The description of the interface for machines (OpenAPI 3.1), made of what writes the answers."""

from collections.abc import Iterator
from typing import Any

from thidua.api.described.resources import ENDPOINTS, Endpoint
from thidua.api.described.shapes import SCHEMAS, ObjectShape
from thidua.api.described.told import FAULT, SHAPES

BASE = "/api/v1"
REFUSALS = {
    "400": "Tham số không có ở địa chỉ này, hoặc không đọc được.",
    "401": "Thiếu mã truy cập, mã sai, hết hạn hoặc đã kết thúc.",
    "403": "Mã không được đọc loại dữ liệu này, hoặc người lập mã không còn quyền.",
    "404": "Không có, hoặc người lập mã không được xem.",
    "405": "Chỉ đọc được (GET, HEAD).",
    "429": "Địa chỉ đã gửi mã sai nhiều lần; chờ số giây ở Retry-After.",
    "500": "Hệ thống gặp lỗi; lỗi đã được ghi lại cho bộ phận kỹ thuật.",
}
ABOUT = (
    "Chỉ đọc. Mỗi yêu cầu gửi một mã truy cập và thấy đúng những gì người lập mã thấy trên trang. "
    "Danh sách chia trang 100 dòng, theo thứ tự số của dòng; “next” là địa chỉ của trang sau. Câu "
    "trả lời có ETag: gửi lại ở If-None-Match, chưa đổi thì nhận 304. Không trả lời được thì mã "
    "HTTP và JSON {“error”: {“code”, “message”}}, không bao giờ là một trang."
)


def described() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Thi đua", "version": "1", "description": ABOUT},
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": {one.path: {"get": operation(one)} for one in ENDPOINTS},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {shape.name: shape.schema for shape in SHAPES} | {"Refusal": refusal()},
        },
    }


def operation(endpoint: Endpoint) -> dict[str, Any]:
    """One address: what it is asked with, and every answer it gives."""
    shape = listed(endpoint.shape) if endpoint.is_list else reference(endpoint.shape.name)
    good = {"description": endpoint.about, "headers": {"ETag": {"schema": {"type": "string"}}}}
    refused = {"application/json": {"schema": reference("Refusal")}}
    answers = {
        "200": good | {"content": {"application/json": {"schema": shape}}},
        "304": {"description": "Chưa đổi so với ETag đã gửi."},
    }
    answers |= {
        status: {"description": words, "content": refused} for status, words in REFUSALS.items()
    }
    return {
        "operationId": endpoint.name,
        "summary": endpoint.about,
        "parameters": list(parameters(endpoint)),
        "responses": answers,
    }


def parameters(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    if "{id}" in endpoint.path:
        yield {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    for one in endpoint.parameters:
        told = {"name": one.name, "in": "query", "description": one.about}
        yield told | {"schema": dict(one.schema)}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"{SCHEMAS}{name}"}


def listed(shape: ObjectShape) -> dict[str, Any]:
    """A page of a list."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "additionalProperties": False,
        "properties": {
            "items": {"type": "array", "items": reference(shape.name), "maxItems": 100},
            "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
    }


def refusal() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["error"],
        "additionalProperties": False,
        "properties": {"error": reference(FAULT.name)},
    }
