"""Why a text is no YAML."""


class NoYaml(Exception):
    """A text is no YAML that is read; `sentence` says why, and `offset` where."""

    def __init__(self, offset: int, sentence: str) -> None:
        super().__init__(sentence)
        self.offset = offset
        self.sentence = sentence
