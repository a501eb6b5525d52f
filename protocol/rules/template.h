// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/expression.h"
#include "protocol/rules/mistake.h"

#include <QByteArray>

#include <vector>

namespace sockeye::rules {

/// The most bytes that a rule makes of one message.
inline constexpr qsizetype maxMade = 16 * 1024 * 1024;

/// A message that a rule has met, for what is made of it.
class Met {
public:
    Met(const filter::Filter& when, const filter::Row& row, filter::Run& run)
        : m_when(when)
        , m_row(row)
        , m_run(run)
    {
    }
    [[nodiscard]] filter::Value value(const filter::Expression& expression) { return expression.value(m_row, m_run); }
    /// What a group of the filter has caught, from 1; null where there is none.
    [[nodiscard]] QByteArray group(int number);

private:
    const filter::Filter& m_when;
    const filter::Row& m_row;
    filter::Run& m_run;
    bool m_hasGroups = false;
    std::vector<QByteArray> m_groups;
};

/// Bytes with places in them that a message fills: {json.value}, {1}, {lower(text)}; {{ and }} are braces. Compiled
/// once. What a message does not have is nothing in a text, and null where it is the whole of a JSON value.
class Template {
public:
    /// How what fills a place is written.
    enum class Form : quint8 {
        Text, ///< as it is; bytes, too
        Field, ///< as forms have it: bytes as pairs of hexadecimal digits
        Json, ///< in a JSON string, which may be the whole of one: then it keeps its type
    };

    Template() = default;

    void add(const QByteArray& bytes); ///< as they are
    /// A text with places. Places in a mistake are those in `text`.
    [[nodiscard]] Result<void> addText(QStringView text, const filter::Schema& schema, int groups);
    /// The same as a JSON string with its quotes. One that is a place and nothing else is what that is: a number stays
    /// a number, a list a list, bytes are hexadecimal digits.
    [[nodiscard]] Result<void> addJson(QStringView text, const filter::Schema& schema, int groups);
    /// Pairs of hexadecimal digits as the bytes that they are.
    [[nodiscard]] Result<void> addHex(QStringView text, const filter::Schema& schema, int groups);
    void setForm(Form form) { m_form = form; }

    /// Null where it becomes longer than maxMade.
    [[nodiscard]] QByteArray make(Met& met) const;

private:
    /// A place, and what stands before it.
    struct Part {
        QByteArray before;
        int group = 0; ///< from 1; 0: the expression
        filter::Expression expression;
        bool isWhole = false; ///< of a JSON value
        bool inJson = false;
    };
    template <typename Plain>
    [[nodiscard]] Result<void> read(QStringView text, const filter::Schema& schema, int groups, Plain plain);
    [[nodiscard]] Result<Part> place(QStringView inside, const filter::Schema& schema, int groups) const;

    Form m_form = Form::Text;
    std::vector<Part> m_parts;
    QByteArray m_last; ///< behind the last place
};

} // namespace sockeye::rules
