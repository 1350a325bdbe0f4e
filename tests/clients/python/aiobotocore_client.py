"""Personalize's clients of aiobotocore: see lines.py."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError

from tests.clients.python.botocore_client import answered, failed, method_name, refused
from tests.clients.python.lines import Outcome, answer_lines


class Clients:
    """Clients that are made once, and open until the program ends."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.made: dict[tuple[str, str], Any] = {}

    def call(self, request: dict[str, Any]) -> Outcome:
        """Call an operation."""
        return self.loop.run_until_complete(self._call(request))

    async def _call(self, request: dict[str, Any]) -> Outcome:
        client = await self._client(request["endpoint"], request["service"])
        method = getattr(client, method_name(request["operation"]), None)
        if method is None:
            return {"unknown": True}
        try:
            return answered(await method(**request["input"]))
        except ClientError as error:
            return refused(client, error)
        except BotoCoreError as error:
            return failed(error)

    async def _client(self, endpoint: str, service: str) -> Any:
        if (endpoint, service) not in self.made:
            opening = get_session().create_client(service, endpoint_url=endpoint)
            self.made[endpoint, service] = await self.stack.enter_async_context(opening)
        return self.made[endpoint, service]


if __name__ == "__main__":
    answer_lines(Clients().call)
