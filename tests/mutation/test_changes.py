# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is changed in a source, and what is left alone."""

import unittest

from changes import changes_of


def results(source):
    return [(change.kind, change.apply(source)) for change in changes_of(source)]


class TestChanges(unittest.TestCase):
    def test_one_of_each_kind(self):
        for source, kind, *expected in (
            ("a < b;", "comparison", "a <= b;"),
            ("a == b;", "comparison", "a != b;"),
            ("x(7);", "constant", "x(6);", "x(8);"),
            ("x(0);", "constant", "x(1);"),
            ("x(0xffU);", "constant", "x(0x100U);", "x(0xfeU);"),
            ("x(16'384);", "constant", "x(16383);", "x(16385);"),
            ("if (a) { }", "condition", "if (!(a)) { }"),
            ("if (const auto b = c; d(e)) { }", "condition", "if (const auto b = c; !(d(e))) { }"),
            ("for (; a; b()) { }", "condition", "for (; !(a); b()) { }"),
            ("{ a.b(c); }", "statement", "{ ; }"),
            ("{ m_a[b] = c; d }", "statement", "{ ; d }"),
            ("{ continue; }", "statement", "{ ; }"),
            ("a && b;", "and or or", "a || b;"),
            ("a || b;", "and or or", "a && b;"),
            ("a + b;", "plus or minus", "a - b;"),
            ("f(++a);", "plus or minus", "f(--a);"),
        ):
            with self.subTest(source=source):
                self.assertEqual(sorted(new for found, new in results(source) if found == kind), expected)

    def test_what_is_left_alone(self):
        for source in (
            "// a < 3 && b\n/* c + 1 */",
            "#if A + 1\n#define B(c) \\\n    c == 2",
            'R"(a < 1 && b)"',
            "u\"a + 1\"_s",
            "'1' 'a'",
            "List<Type> a; Type&& b; Type& c; Type* d;",
            "const auto a = b; Type c(d); std::vector<Type> e(f);",
            "using a = b; return c; namespace d = e;",
            "a + \"b\"",
            "1.5 1e9",
            "if (const auto* a = b()) { }",
            "for (const auto& a : b) { }",
            "x->y; [](Type a) -> Type { }",
        ):
            with self.subTest(source=source):
                self.assertEqual(results(source), [])

    def test_places(self):
        source = "a;\nb;\nif (c <= d)\n"
        change = next(change for change in changes_of(source) if change.kind == "comparison")
        self.assertEqual(change.line(source), 3)
        self.assertEqual(change.describe(source), "<= → <")


if __name__ == "__main__":
    unittest.main()
