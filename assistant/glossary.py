"""The terms of a handbook that are worth looking up where another page says them."""

from collections.abc import Iterator, Mapping

from assistant.index import GLUE, Index
from assistant.lexicon import is_english
from assistant.text import stem, terms

#: A title of one everyday word is a term only where no more than this share of all passages says it: friction and
#: shiatsu, while everyone knows what skin is.
RARE = 0.012
#: How telling a title of several words has to be.
TELLING = 0.8


class Glossary(Mapping[str, str]):
    """Folded words → the page that they are a term for.  Titles are, and other names that are no everyday word."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._stems = frozenset(index.names.stems)

    def __getitem__(self, phrase: str) -> str:
        words = phrase.split()
        stems = [stem(word) for word in words if word not in GLUE]
        if " ".join(stems) not in self._stems or not GLUE.isdisjoint((words[0], words[-1])):
            raise KeyError(phrase)
        pages, names, weights = self._index.names
        found = [number for number in self._index.by_name.get(stems[0], ()) if names[number] == " ".join(stems)]
        number = next((number for number in found if self._is_title(number)), found[0])
        known = self._is_title(number) and (weights[number] >= TELLING if len(stems) > 1 else self._rare(stems[0]))
        if known or (len(words) == 1 and len(phrase) > 2 and not is_english(phrase)):
            return pages[number]
        raise KeyError(phrase)

    def _is_title(self, number: int) -> bool:
        pages = self._index.names.page
        return not number or pages[number - 1] != pages[number]

    def _rare(self, one: str) -> bool:
        return len(self._index.by_text.get(one, ())) <= RARE * len(self._index.rows.page)

    def __iter__(self) -> Iterator[str]:
        names = (name for page in self._index.pages.values() for name in (page.title, *page.aliases))
        return iter(dict.fromkeys(phrase for name in names if (phrase := " ".join(terms(name))) in self))

    def __len__(self) -> int:
        return sum(1 for _ in self)
