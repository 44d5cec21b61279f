"""The people of the invented shop: the Product Owner, three teams in two countries, and readyline's account."""

from dataclasses import dataclass

from sync.fake_jira.records import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the company; `share` and `days` are their working time for the team."""

    name: str
    zone: str
    country: str
    region: str
    share: float = 1.0
    days: str = ""

    @property
    def user(self) -> str:
        """The user name: the full name with dots."""
        return self.name.lower().replace(" ", ".").replace("ü", "ue")

    @property
    def nick(self) -> str:
        """The first name in lower case, as in the shop's texts."""
        return self.name.split()[0].lower()

    @property
    def account(self) -> Account:
        """The account on the site."""
        number = sum(ord(sign) * place for place, sign in enumerate(self.user, start=1))
        return Account(
            id=f"712020:{number:06d}",
            name=self.user,
            display=self.name,
            email=f"{self.user}@shop.example",
            zone=self.zone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team with its board, its component, its people and the goals of its sprints."""

    name: str
    board: int
    component: str
    members: tuple[Member, ...]
    goals: tuple[str, ...]


def _munich(name: str, share: float = 1.0, days: str = "") -> Member:
    return Member(name=name, zone="Europe/Berlin", country="DE", region="BY", share=share, days=days)


def _austin(name: str, share: float = 1.0, days: str = "") -> Member:
    return Member(name=name, zone="America/Chicago", country="US", region="TX", share=share, days=days)


OWNER = _munich("Ana Alvarez")
EMAIL = "readyline@shop.example"
BOT = Account(id="712020:900001", name="readyline", display="readyline", email=EMAIL, zone="Europe/Berlin")
CREWS = (
    Crew(
        name="Payments",
        board=11,
        component="payments",
        members=(
            _munich("Jonas Weber"),
            _munich("Miriam Vogt", 1.0, "Mon-Wed"),
            _munich("Deniz Kaya"),
            _austin("Grace Okafor"),
            _austin("Tom Reilly", 0.8),
        ),
        goals=(
            "Refunds in one click",
            "Guests pay without an account",
            # Commas, brackets and equals signs are not escaped in Data Center's sprint strings.
            "Wallets: Apple Pay [beta], Google Pay, state=ready",
        ),
    ),
    Crew(
        name="Storefront",
        board=12,
        component="storefront",
        members=(_munich("Lena Brandt"), _munich("Paul Huber"), _austin("Dana Whitfield"), _austin("Marcus Lee")),
        goals=(
            "A cart that survives a change of device",
            "Guests check out without an account, on every device",
            "Wishlists that are shared",
        ),
    ),
    Crew(
        name="Search",
        board=13,
        component="search",
        members=(_munich("Sofia Rossi"), _munich("Emil Krüger", 0.5), _austin("Priya Nair"), _austin("Owen Hughes")),
        goals=(
            "Typos no longer end in an empty page",
            "Facets that load with the results",
            "Fewer searches without a hit",
        ),
    ),
)
