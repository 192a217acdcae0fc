"""Receiving updates: by polling or by a webhook."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from playground.errors import JSON, bad_request, conflict
from playground.methods.registry import Call, method

MAX_POLL_SECONDS = 50
_SECRET = re.compile(r"^[A-Za-z0-9_-]*\Z")


@method("getUpdates")
async def get_updates(call: Call) -> JSON:
    if call.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    queue, params = call.world.updates, call.params
    queue.allow(_allowed(call))
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), MAX_POLL_SECONDS)
    return await queue.poll(params.integer("offset"), limit, timeout)


@method("setWebhook")
def set_webhook(call: Call) -> JSON:
    params, queue = call.params, call.world.updates
    url = params.text("url").strip()
    if url:
        _check_loopback(url)
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    queue.allow(_allowed(call))
    if params.boolean("drop_pending_updates"):
        queue.drop()
    if url:
        queue.end_poll("terminated by setWebhook request")
    call.webhook.set(url, secret)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> JSON:
    if call.params.boolean("drop_pending_updates"):
        call.world.updates.drop()
    call.webhook.set("", "")
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> JSON:
    info: dict[str, JSON] = {
        "url": call.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
    }
    if call.webhook.last_error is not None:
        info |= {
            "last_error_date": call.webhook.last_error_date,
            "last_error_message": call.webhook.last_error,
        }
    if call.world.updates.allowed is not None:
        info["allowed_updates"] = sorted(call.world.updates.allowed)
    return info


def _allowed(call: Call) -> JSON:
    try:
        return call.params.nested("allowed_updates", "allowed_updates")
    except ValueError:
        return None


def _check_loopback(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("invalid webhook URL specified")
    if not is_loopback:
        # Telegram wants https and a public address; this server speaks to this machine only.
        raise bad_request("bad webhook: only addresses of this machine can be reached from here")
