// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "ui/pages/client/client_page.h"
#include "ui/transcript/transcript_model.h"
#include "ui/transcript/transcript_view.h"

#include <QSignalSpy>
#include <QTest>

namespace sockeye {

/// A real server on a free port and a client page that is set to it.
class ClientFixture {
public:
    explicit ClientFixture(const ServerOptions& options = {})
        : server(threads, Capture::create({}))
    {
        ServerOptions free = options;
        free.port = 0;
        server.start(free);
        // QTRY_… returns from a function that gives nothing back; a constructor cannot.
        const bool listens = QTest::qWaitFor([this] { return server.state() == Server::State::Listening; });
        if (listens) {
            page.setTarget(QStringLiteral("127.0.0.1"), server.address().port);
        }
        window.resize(900, 760);
        page.resize(900, 760);
        window.show();
    }

    /// The part of the page with that accessible name.
    template <typename T> [[nodiscard]] T* part(const QString& name) const { return part<T>(page, name); }
    template <typename T> [[nodiscard]] static T* part(const ClientPage& page, const QString& name)
    {
        for (T* widget : page.findChildren<T*>()) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }

    [[nodiscard]] const TranscriptModel& transcript() const
    {
        return *qobject_cast<TranscriptModel*>(page.findChild<TranscriptView*>()->model());
    }
    /// The last entry; a request without text if there is none.
    [[nodiscard]] TranscriptEntry last() const
    {
        const int rows = transcript().rowCount();
        return rows == 0 ? TranscriptEntry() : transcript().entry(rows - 1);
    }

    IoThreads threads { 1 };
    Server server;
    QWidget window; ///< without size limits, of which the offscreen platform would warn
    ClientPage page { threads, &window };
};

} // namespace sockeye
