// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/standard_streams.h"

#include <QByteArray>
#include <QObject>

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
    void take(const QByteArray& bytes);
    void end();
    void hand(QByteArray text);

    StandardInput m_input;
    QByteArray m_begun; ///< of a line
};

} // namespace sockeye::cli
