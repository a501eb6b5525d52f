# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single changes of C++ source text, each of which makes the program do something else.

Nothing is parsed: what clang-format leaves tells enough. An operator of two operands has a space on either side, a
template's bracket and a reference have none; a statement begins behind a `;`, `{` or `}`. A change that does not
compile is told from the others by the compiler, so it only costs time.
"""

import dataclasses
import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
    |(?P<text>(?:u8|u|U|L)?R"(?P<end>\w*)\(.*?\)(?P=end)"(?:_\w+)?
             |(?:u8|u|U|L)?"(?:\\.|[^"\\\n])*"(?:_\w+)?)
    |(?P<number>\.?\d(?:[eE][+-]\d|'?[\w.])*)
    |(?P<character>(?:u8|u|U|L)?'(?:\\.|[^'\\\n])+')
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign><=>|<<=|>>=|->|\+\+|--|&&|\|\||::|[-+*/%&|^<>=!]=|[^\s\w])""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)

FLIPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
JOINED = {"&&": "||", "||": "&&"}
ADDED = {"+": "-", "-": "+", "+=": "-=", "-=": "+=", "++": "--", "--": "++"}
INTEGER = re.compile(r"(0[xX][\dA-Fa-f']+|\d[\d']*)([uUlLzZ]*)")
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}
# What begins something else than an expression.
NO_EXPRESSION = set(
    "alignas auto case catch char class const constexpr default do double else enum explicit extern float for friend goto "
    "if inline int mutable namespace operator private protected public return signed static static_assert struct "
    "switch template throw try typedef typename union unsigned using virtual void volatile while bool long short "
    "co_return co_await co_yield Q_OBJECT Q_SIGNALS Q_SLOTS Q_DECLARE_TR_FUNCTIONS Q_DISABLE_COPY".split()
)
OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclasses.dataclass(frozen=True)
class Change:
    """`text[start:end]` becomes `new`."""

    kind: str
    start: int
    end: int
    new: str

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]

    def line(self, text):
        return text.count("\n", 0, self.start) + 1

    def describe(self, text):
        """What was there and what is there now, in one short line."""

        def short(part):
            part = " ".join(part.split())
            return part if len(part) <= 48 else part[:45] + "..."

        return f"{short(text[self.start : self.end])} → {short(self.new) or '(nothing)'}"


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


def tokens_of(text):
    """Without comments and directives."""
    return [
        Token(found.lastgroup if found.lastgroup != "end" else "text", found.group(), found.start(), found.end())
        for found in TOKEN.finditer(text)
        if found.group("comment") is None and found.group("directive") is None
    ]


def is_apart(text, token):
    return text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()


def closing(tokens, at):
    """The index of the bracket that closes the one at `at`; None if there is none."""
    open_ones = []
    for index in range(at, len(tokens)):
        sign = tokens[index].text
        if tokens[index].kind == "sign" and sign in OPENING:
            open_ones.append(OPENING[sign])
        elif tokens[index].kind == "sign" and sign in OPENING.values():
            if not open_ones or open_ones.pop() != sign:
                return None
            if not open_ones:
                return index
    return None


def operators(text, tokens):
    for before, token, after in zip(tokens, tokens[1:], tokens[2:]):
        if token.kind != "sign":
            continue
        if token.text in ("++", "--"):
            yield Change("plus or minus", token.start, token.end, ADDED[token.text])
        elif is_apart(text, token):
            if token.text in FLIPPED:
                yield Change("comparison", token.start, token.end, FLIPPED[token.text])
            elif token.text in JOINED:
                yield Change("and or or", token.start, token.end, JOINED[token.text])
            elif token.text in ADDED and not {before.kind, after.kind} & {"text", "character"}:
                yield Change("plus or minus", token.start, token.end, ADDED[token.text])


def constants(tokens):
    for token in tokens:
        integer = INTEGER.fullmatch(token.text) if token.kind == "number" else None
        if integer:
            digits, suffix = integer.group(1).replace("'", ""), integer.group(2)
            is_hex = digits[:2] in ("0x", "0X")
            value = int(digits, 16 if is_hex else 10)
            for other in {value + 1, abs(value - 1)}:
                new = (f"0x{other:x}" if is_hex else str(other)) + suffix
                yield Change("constant", token.start, token.end, new)


def conditions(text, tokens):
    for index, token in enumerate(tokens[:-1]):
        if token.text not in ("if", "while", "for") or tokens[index + 1].text != "(":
            continue
        end = closing(tokens, index + 1)
        if end is None:
            continue
        parts = [[]]
        depth = 0
        for inner in tokens[index + 2 : end]:
            depth += (inner.text in OPENING) - (inner.text in OPENING.values())
            if inner.text == ";" and depth == 0:
                parts.append([])
            else:
                parts[-1].append(inner)
        part = parts[1] if token.text == "for" and len(parts) == 3 else parts[-1]
        if token.text == "for" and len(parts) != 3 or not part or any(inner.text == "=" for inner in part):
            continue
        start, stop = part[0].start, part[-1].end
        yield Change("condition", start, stop, f"!({text[start:stop]})")


def is_expression(statement):
    """Whether these tokens, without the `;`, call or assign something; not a declaration."""
    if len(statement) == 1:
        return statement[0].text in ("break", "continue", "return")
    if statement[0].text in NO_EXPRESSION:
        return False
    for index, token in enumerate(statement):
        if token.text == "(" or token.text in ASSIGNMENTS or token.text in ("++", "--"):
            if index == 0 and token.text not in ("++", "--"):
                return False
            head = statement[:index]
            # "Type name", "Type& name", "List<Type> name"
            return not any(
                two.kind == "word" and (one.kind == "word" or one.text in (">", "&", "*") and one is not head[0])
                for one, two in zip(head, head[1:])
            )
    return False


def statements(tokens):
    begin = 0
    for index, token in enumerate(tokens):
        if token.kind == "sign" and token.text in ("{", "}"):
            begin = index + 1
        elif token.kind == "sign" and token.text == ";":
            statement = tokens[begin:index]
            depths = [0]
            for inner in statement:
                depths.append(depths[-1] + (inner.text == "(") - (inner.text == ")"))
            if statement and min(depths) == 0 and depths[-1] == 0 and is_expression(statement):
                yield Change("statement", statement[0].start, token.start, "")
            begin = index + 1


def changes_of(text):
    """All of them, in the order of the text."""
    tokens = tokens_of(text)
    found = [*operators(text, tokens), *constants(tokens), *conditions(text, tokens), *statements(tokens)]
    return sorted(found, key=lambda change: (change.start, change.end, change.kind, change.new))
