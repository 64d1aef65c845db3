"""How the parts of the API name their addresses: what is read, and what answers a body."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from ninja import Router
from ninja.constants import NOT_SET

from coverage_site.api.reads import answer, read

View = TypeVar("View", bound=Callable[..., Any])


class ProgramRouter(Router):
    """A router whose operations share their forms and keeping, and write records as they are.

    `shapes` are what the schemas of bodies refer to, which the description of the whole holds.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.shapes: dict[str, Any] = {}

    def read(self, path: str, *, response: Any) -> Callable[[View], View]:
        """An address to read from."""
        return self._operation("GET", path, read, response)

    def read_as(self, media_type: str, path: str, *, shape: str) -> Callable[[View], View]:
        """An address to read from that answers in a form of its own, described by others."""
        schema = {"type": "object", "title": shape}
        content = {media_type: {"schema": schema}}
        extra = {"responses": {HTTPStatus.OK: {"content": content}}}
        return self._operation("GET", path, read, NOT_SET, extra)

    def answer(
        self, path: str, *, body: Mapping[str, Any], response: Any
    ) -> Callable[[View], View]:
        """An address that answers a body of this JSON Schema, which its view reads by itself."""
        schema = dict(body)
        self.shapes |= schema.pop("$defs", {})
        content = {"application/json": {"schema": schema}}
        extra = {"requestBody": {"required": True, "content": content}}
        return self._operation("POST", path, answer, response, extra)

    def _operation(
        self,
        method: str,
        path: str,
        surround: Callable[[View], View],
        response: Any,
        extra: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        def register(view: View) -> View:
            self.api_operation(
                [method],
                path,
                response=response,
                by_alias=True,
                exclude_unset=True,
                operation_id=view.__name__,
                summary=(view.__doc__ or "").split("\n")[0].rstrip("."),
                openapi_extra=extra,
            )(surround(view))
            return view

        return register
