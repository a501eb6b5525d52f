// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/markdown.h"

#include <algorithm>

namespace sockeye::markdown {

namespace {

QString inOneLine(QString text)
{
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator) {
            c = u' ';
        }
    }
    return text;
}

/// The longest run of backticks: what encloses it has to be longer.
qsizetype longestRun(const QString& text)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

} // namespace

QString plain(const QString& text)
{
    static constexpr QStringView marks = u"\\`*_{}[]<>#|~&!";
    const QString line = inOneLine(text);
    QString out;
    for (const QChar c : line) {
        if (marks.contains(c)) {
            out += u'\\';
        }
        out += c;
    }
    return out;
}

QString code(const QString& text)
{
    QString line = inOneLine(text);
    const QString fence(longestRun(line) + 1, u'`');
    line.replace(u'|', QStringLiteral("\\|")); // tables look for it even there
    const bool needsSpace = line.isEmpty() || line.startsWith(u'`') || line.endsWith(u'`');
    return needsSpace ? QString(fence + u' ' + line + u' ' + fence) : QString(fence + line + fence);
}

QString block(const QString& text, const QString& language)
{
    const QString fence(std::max<qsizetype>(longestRun(text) + 1, 3), u'`');
    return fence + language + u'\n' + text + (text.endsWith(u'\n') ? QString() : QStringLiteral("\n")) + fence + u'\n';
}

QString table(const QStringList& heads, const QList<QStringList>& rows, const QList<int>& numbers)
{
    const auto line = [](const QStringList& cells) -> QString {
        return u"| " + cells.join(QStringLiteral(" | ")) + u" |\n";
    };
    QStringList rules;
    for (int column = 0; column < heads.size(); ++column) {
        rules.append(numbers.contains(column) ? QStringLiteral("---:") : QStringLiteral("---"));
    }
    QString out = line(heads) + line(rules);
    for (const QStringList& row : rows) {
        out += line(row);
    }
    return out;
}

} // namespace sockeye::markdown
