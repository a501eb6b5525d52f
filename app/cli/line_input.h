// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace sockeye::cli {

/// Lines from standard input, as they are typed. The end of the input, or an error, ends it quietly. A line without an
/// end is handed on in pieces, so that nothing is gathered without bound.
class LineInput : public QObject {
    Q_OBJECT
public:
    LineInput();

Q_SIGNALS:
    void line(const QString& text); ///< without its line feed

private:
    void take();
    void hand(QByteArray text);

    QSocketNotifier m_notifier;
    QByteArray m_begun; ///< of a line
};

} // namespace sockeye::cli
