"""Requests as the Bot API takes them, and answers as it gives them: refusals, and one that breaks off."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from .content import File
from .errors import ApiError


class Cut(Response):
    """Half of an answer, then a reset."""

    def __init__(self, whole: Response, reset: Any) -> None:
        super().__init__(whole.body, headers=dict(whole.headers))
        self._reset = reset

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": bytes(self.body)[: len(self.body) // 2], "more_body": True})
        await asyncio.sleep(0.01)
        self._reset()


def refusal(error: ApiError) -> Response:
    if error.code == 502:
        return HTMLResponse("<html><head><title>502 Bad Gateway</title></head></html>", 502)
    headers = {"retry-after": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else None
    return JSONResponse(error.json(), error.code, headers)


async def read(request: Request) -> tuple[dict[str, Any], dict[str, File]]:
    """Parameters from the query, a form or JSON, and files from a multipart form."""
    fields: dict[str, Any] = dict(request.query_params)
    files: dict[str, File] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        return fields | await request.json(), files
    async with request.form(max_part_size=64 * 2**10) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = File(secrets.token_hex(24), value.filename or name, await value.read())
            else:
                fields[name] = value
    for name in files:
        if name in {"photo", "document"}:
            fields.setdefault(name, f"attach://{name}")
    return fields, files
