// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTcpSocket>

namespace sockeye {

class QtStream;

/// The QTcpSocket of a QtStream: passes on what it signals, as long as it has a stream.
class QtSocket final : public QTcpSocket {
    Q_OBJECT
public:
    QtSocket();

    void setStream(QtStream* stream) { m_stream = stream; }
    void callLater(); ///< QtStream::later() from the event loop

protected:
    bool event(QEvent* event) override;

private:
    void tell(void (QtStream::*what)());

    QtStream* m_stream = nullptr;
};

} // namespace sockeye
