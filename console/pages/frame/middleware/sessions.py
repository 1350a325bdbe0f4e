"""Writing the session at the end of a request, which must not take the answer away that is there already."""

from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from console.pages.frame.middleware.database_errors import note, trouble_page
from console.people.sessions import SessionStore
from console.storage.database_trouble import database_trouble


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's sessions, whose answers survive a database that cannot be written."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write the session; where the database takes nothing, and nothing of weight would be in it, go on without.

        A sign-in that cannot be written is none, so that it is answered with what is the matter.
        """
        try:
            return super().process_response(request, response)
        except (DatabaseError, InterfaceError) as error:
            found = database_trouble(error)
            if found is None:
                raise
            note(found, error)
            is_needed = isinstance(request.session, SessionStore) and request.session.has_new_content()
            return trouble_page(request, found) if is_needed else response
