// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QtGlobal>

#include <optional>

namespace sockeye {

class Annotation;

/// What a protocol calls its own fields, and what they say, where the words that go with their kind do not do.
/// Immutable; shared by all annotations of the protocol.
class FieldTexts {
public:
    virtual ~FieldTexts() = default;
    FieldTexts(const FieldTexts&) = delete;
    FieldTexts& operator=(const FieldTexts&) = delete;

    /// Nothing: what its kind is called.
    [[nodiscard]] virtual std::optional<QString> label(const Annotation& annotation, int field) const = 0;
    /// Nothing: what its kind shows.
    [[nodiscard]] virtual std::optional<QString> value(const Annotation& annotation, int field) const = 0;
    /// Bytes of an unfinished field when it is whole; -1 where nobody knows.
    [[nodiscard]] virtual qint64 wholeSize(const Annotation& annotation, int field) const = 0;

protected:
    FieldTexts() = default;
};

} // namespace sockeye
