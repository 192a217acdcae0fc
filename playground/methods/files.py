"""Uploads and downloads."""

from __future__ import annotations

import mimetypes
from dataclasses import replace
from typing import TYPE_CHECKING

from playground.compose import caption
from playground.content import Content
from playground.errors import JSON, bad_request
from playground.files import picture_size
from playground.methods.registry import Call, method
from playground.params import Params

if TYPE_CHECKING:
    from playground.files import StoredFile

MAX_PHOTO_BYTES = 10 * 2**20
MAX_DOCUMENT_BYTES = 50 * 2**20


def photo_of(call: Call, field: str = "photo") -> StoredFile:
    """The photo that the parameters upload or name. Raises ApiError."""
    return _file_of(call, field, folder="photos", limit=MAX_PHOTO_BYTES)


def document_of(call: Call, field: str = "document") -> StoredFile:
    """The document that the parameters upload or name. Raises ApiError."""
    return _file_of(call, field, folder="documents", limit=MAX_DOCUMENT_BYTES)


def _file_of(call: Call, field: str, *, folder: str, limit: int) -> StoredFile:
    reference = call.params.text(field)
    upload = call.params.uploads.get(field) or call.params.upload(reference)
    if upload is None:
        return _known_file(call, reference, what=folder.removesuffix("s"))
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > limit:
        raise bad_request("file is too big")
    if folder == "photos" and picture_size(upload.content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    guessed = mimetypes.guess_type(upload.name)[0] or upload.mime_type
    return call.world.files.keep(upload.content, folder=folder, name=upload.name, mime_type=guessed)


def _known_file(call: Call, reference: str, *, what: str) -> StoredFile:
    if not reference:
        raise bad_request(f"there is no {what} in the request")
    if reference.startswith(("http://", "https://")):
        # The stand-in reaches no network.
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.by_id(reference)
    if stored is None:
        raise bad_request("wrong remote file identifier specified: Wrong padding in the string")
    return stored


def input_media(call: Call, given: JSON) -> Content:
    """One `InputMedia…` object: a photo or a document with its caption. Raises ApiError."""
    if not isinstance(given, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    inner = replace(call, params=Params(given, call.params.uploads))
    words = caption(call.world, inner.params)
    content = Content(words.text, words.entities)
    if given.get("type") == "photo":
        return replace(content, photo=photo_of(inner, "media"))
    if given.get("type") == "document":
        return replace(content, document=document_of(inner, "media"))
    raise bad_request(f'Can\'t parse InputMedia: type "{given.get("type")}" is unsupported')


@method("getFile")
def get_file(call: Call) -> JSON:
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.world.files.by_id(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.json() | {"file_path": stored.file_path}
