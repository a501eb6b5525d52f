// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/idle_text.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

QString idleText(std::chrono::milliseconds silence, const IdleState& state)
{
    // All places of a sentence in one call: what is put in may hold a "%2" of its own.
    const auto text = [silence](const char* source, const auto&... others) {
        return QCoreApplication::translate("sockeye::Connection", source)
            .arg(QString::number(static_cast<double>(silence.count()) / 1000.0), others...);
    };
    if (state.unsent > 0) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
                        "Closed after %1 s in which the peer took nothing: %2 of replies are left unsent."),
            byteCount(state.unsent));
    }
    if (state.isSecuring) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
            "Closed after %1 s without the end of the TLS handshake: the peer may not speak TLS, or be slow."));
    }
    if (state.progress.isWithin()) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence, %2."), state.reached);
    }
    return text(QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence between messages."));
}

} // namespace sockeye
