// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/idle_text.h"

#include <QCoreApplication>

namespace sockeye {

QString idleText(std::chrono::milliseconds silence, const IdleState& state)
{
    const QString seconds = QString::number(static_cast<double>(silence.count()) / 1000.0);
    const auto text = [&seconds](const char* source) {
        return QCoreApplication::translate("sockeye::Connection", source).arg(seconds);
    };
    if (state.unsent > 0) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
                        "Closed after %1 s in which the peer took nothing: %2 bytes of replies are left unsent."))
            .arg(state.unsent);
    }
    if (state.isSecuring) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
            "Closed after %1 s without the end of the TLS handshake: the peer may not speak TLS, or be slow."));
    }
    const Progress& progress = state.progress;
    switch (progress.part) {
    case Progress::Part::FixedHeader:
        return text(QT_TRANSLATE_NOOP(
                        "sockeye::Connection", "Closed after %1 s of silence, %2 bytes into a %3-byte fixed header."))
            .arg(progress.have)
            .arg(progress.need);
    case Progress::Part::JsonHeader:
        return text(QT_TRANSLATE_NOOP(
                        "sockeye::Connection", "Closed after %1 s of silence, %2 bytes into a %3-byte JSON header."))
            .arg(progress.have)
            .arg(progress.need);
    case Progress::Part::Content:
        return text(
            QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence, %2 bytes into a %3-byte content."))
            .arg(progress.have)
            .arg(progress.need);
    case Progress::Part::Line:
        return text(QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence, %2 bytes into a line."))
            .arg(progress.have);
    case Progress::Part::Nothing:
    case Progress::Part::Failed:
        break;
    }
    return text(QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence between messages."));
}

} // namespace sockeye
