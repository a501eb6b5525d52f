// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/upper_text.h"

#include "protocol/text/utf8.h"

namespace sockeye {

namespace {

void appendUpperText(QByteArrayView utf8, QByteArray& out)
{
    out.append(textFromUtf8(utf8).toUpper().toUtf8());
}

} // namespace

qsizetype appendUpper(QByteArrayView bytes, QByteArray& out)
{
    qsizetype textBegin = 0;
    qsizetype offset = validUtf8Prefix(bytes);
    while (offset < bytes.size() && !isCutUtf8(bytes, offset)) {
        const int size = validCharacter(bytes, offset);
        if (size == 0) { // no character begins with this byte: it goes back as it is
            appendUpperText(bytes.sliced(textBegin, offset - textBegin), out);
            out.append(bytes[offset]);
            textBegin = offset + 1;
        }
        offset += qMax(1, size);
    }
    appendUpperText(bytes.sliced(textBegin, offset - textBegin), out);
    return offset;
}

bool isExit(QByteArrayView text)
{
    return text.trimmed().compare("exit", Qt::CaseInsensitive) == 0;
}

} // namespace sockeye
