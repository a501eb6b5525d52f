// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/mistake.h"
#include "protocol/filter/row.h"
#include "protocol/filter/schema.h"

#include <QList>
#include <QString>

#include <memory>

namespace sockeye::filter {

struct Program;

/// Working memory for the evaluation of filters, used again from row to row; and what was noticed on the last one. One
/// thread at a time.
class Run {
public:
    /// Whether a field that the last row was asked for is not there.
    [[nodiscard]] bool lacksField() const { return m_lacksField; }
    /// Whether the last row was so large that it was given up: it did not match then.
    [[nodiscard]] bool gaveUp() const { return m_steps < 0; }

private:
    friend class Evaluation;
    Storage m_storage;
    qint64 m_steps = 0;
    bool m_lacksField = false;
};

/// A text of the filter language, compiled. A value: immutable, shared, any thread may ask.
///
/// The language is the same wherever Sockeye lists, finds or prints: comparisons of fields, joined by && || and !; its
/// grammar is at parse(). A field alone means "is there". A comparison with something that is not there is false, and
/// != is exactly !(… == …). With [*] in a path one element suffices, unless all() is around it. In `bytes[2:4]` four
/// bytes begin at the third one, counted from the end where the first number is negative.
///
/// What a filter does to one row is bounded, whatever the filter and the row are (Run::gaveUp()).
class Filter {
public:
    /// One that everything matches.
    Filter();
    /// Of a blank text: one that everything matches. Places in a mistake are those in `text`.
    [[nodiscard]] static Result<Filter> compile(QStringView text, const Schema& schema);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return !m_program; }
    /// What is valid and surprising: fields that occur nowhere, tests that are always the same.
    [[nodiscard]] const QList<Mistake>& remarks() const { return m_remarks; }
    /// Whether it asks for that field of a row, so that who makes rows can leave out what nobody asks for.
    [[nodiscard]] bool asksFor(int field) const;
    [[nodiscard]] bool asksForSelection() const;

    /// How many groups its regular expressions have, all of them counted as they are written.
    [[nodiscard]] int groupCount() const;
    /// What these groups catch in a row; empty where one has no part in it.
    [[nodiscard]] std::vector<QByteArray> groups(const Row& row, Run& run) const;
    /// Whether a row matches. `selected` is what $ stands for; null: nothing is selected, and its fields are not there.
    [[nodiscard]] bool matches(const Row& row, Run& run, const Row* selected = nullptr) const;

private:
    QString m_text;
    std::shared_ptr<const Program> m_program; ///< null: everything matches
    QList<Mistake> m_remarks;
};

} // namespace sockeye::filter
