// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace sockeye {

/// A part of a message, and what it is called in a comment.
struct LabelledBytes {
    QByteArrayView bytes;
    QString label; ///< English: it goes into source code
};

/// A message of the application protocol cut into fixed header, JSON header and content; other bytes in one piece. The
/// views are as valid as `message`.
[[nodiscard]] QList<LabelledBytes> messageParts(QByteArrayView message);

/// Bytes as the lines of a literal, each with quotes around it and short enough to read. What is not printable ASCII is
/// escaped as three octal digits: unlike hexadecimal escapes, these end by themselves, in C as in Python.
[[nodiscard]] QStringList literalLines(QByteArrayView bytes);

/// As a string literal of Python or C. Non-ASCII stays as it is; control characters are escaped.
[[nodiscard]] QString quoted(const QString& text);

/// For printf(1) of POSIX shells in single quotes: octal escapes, the only ones that all of them know.
[[nodiscard]] QString printfFormat(QByteArrayView bytes);

/// As one word of a POSIX shell.
[[nodiscard]] QString shellQuoted(const QString& text);

} // namespace sockeye
