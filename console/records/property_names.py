"""Names of fields, as the schema writes them and as PutUsers wants them."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def property_name(field_name: str) -> str:
    """Return the property name (camel case) of a schema's field name.

    The rule is the developer guide's: GENDER is gender, NUMBER_OF_VIDEOS_WATCHED is numberOfVideosWatched.
    The guide is silent on names that are not upper case: their inner capitals are kept, so that memberClass
    stays memberClass and FullName becomes fullName.
    """
    words = [word.lower() if word.isupper() else word for word in field_name.split("_") if word]
    if not words:
        return field_name
    first, *others = words
    return first[0].lower() + first[1:] + "".join(word[0].upper() + word[1:] for word in others)


def match_key(name: str) -> str:
    """Return what is compared when a name is matched: its characters without case and underscores.

    Clients disagree on the camel case of digits and inner capitals, and the guide refuses a schema whose field
    names differ in underscores alone, so two names with one key are the same field. Field names are ASCII
    (Avro 1.12, "Names"); another name keeps its case, since lower-casing could make an ASCII letter of it.
    """
    bare = name.replace("_", "")
    return bare.lower() if bare.isascii() else bare
