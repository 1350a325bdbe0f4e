"""Saving the session at the end of a request, without losing the response if that fails."""

from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from console.pages.frame.middleware.database_errors import note, trouble_page
from console.people.sessions import SessionStore
from console.storage.database_trouble import database_trouble


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's sessions, except that responses survive a database that cannot be written."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session; if the database cannot be written and nothing important would be lost, continue without.

        A sign-in that cannot be saved has failed, and the response explains why.
        """
        try:
            return super().process_response(request, response)
        except (DatabaseError, InterfaceError) as error:
            trouble = database_trouble(error)
            if trouble is None:
                raise
            note(trouble, error)
            is_needed = isinstance(request.session, SessionStore) and request.session.has_new_content()
            return trouble_page(request, trouble) if is_needed else response
