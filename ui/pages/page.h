// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/transport.h"
#include "ui/messages/exportable_messages.h"
#include "ui/messages/messages_view.h"
#include "ui/models/message_ref.h"

#include <QIcon>
#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <optional>

namespace sockeye {

class MessagesPanel;

/// Where a client connects to.
struct Destination {
    QString host; ///< a name or an address
    quint16 port = 0;
    bool tls = false;
    Transport transport = Transport::Tcp;
};

/// What the user sees of one endpoint or one opened capture: the content of a tab, or of a window of its own when torn
/// off.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0; ///< short, for the tab and the endpoints list: "Server 65432"
    [[nodiscard]] virtual QString stateText() const = 0; ///< a word or two: "listening", "stopped", "connected"
    [[nodiscard]] virtual bool isActive() const = 0; ///< true: the dot is filled
    [[nodiscard]] virtual QIcon icon() const = 0;
    [[nodiscard]] virtual std::shared_ptr<Capture> capture() const = 0;
    [[nodiscard]] virtual MessageRef currentMessage() const = 0; ///< what the inspector is to show
    /// Where a client of this machine reaches what listens here; nothing while nothing does.
    [[nodiscard]] virtual std::optional<Destination> whereToReach() const { return std::nullopt; }
    /// There may be something to inspect. Where there is not, the page has the inspector's room, too.
    [[nodiscard]] virtual bool hasMessages() const { return true; }
    /// Where its messages are shown, as a table or otherwise; null: nowhere.
    [[nodiscard]] virtual MessagesPanel* messagesPanel() const { return nullptr; }
    virtual void showMessagesView(MessagesView view); ///< and brings the messages to the front

    /// What brings the page back at the next start ({"kind": "server", …}).
    [[nodiscard]] virtual QJsonObject saveState() const = 0;

    [[nodiscard]] virtual bool hasUnsaved() const { return false; } ///< something that a file should have
    /// Does that, which closes the page, once nothing unsaved is lost by it: at once, or when the user has said what is
    /// to become of it; not if that is to keep it.
    virtual void whenClosable(const std::function<void()>& act) { act(); }

    /// What there is to export at this moment; by default all messages of the capture.
    [[nodiscard]] virtual ExportableMessages exportableMessages() const;

    virtual void focusFind() { } ///< Ctrl+F
    virtual void findNext(bool backwards) { Q_UNUSED(backwards) } ///< F3, Shift+F3
    virtual void focusFilter() { } ///< Ctrl+/
    /// Shows what a test of the filter language matches; `also`: of what is shown already.
    virtual void addToFilter(const QString& test, bool also)
    {
        Q_UNUSED(test)
        Q_UNUSED(also)
    }
    /// The table of its messages, null where it has none. `inFront`: it is to be seen.
    [[nodiscard]] virtual MessagesPanel* messagesPanel(bool inFront)
    {
        Q_UNUSED(inFront)
        return nullptr;
    }
    virtual void copySelection() { } ///< Edit › Copy while no text field has the focus

    /// Bytes of the current message were selected in the inspector.
    virtual void showBytes(qint64 offset, qint64 size)
    {
        Q_UNUSED(offset)
        Q_UNUSED(size)
    }

Q_SIGNALS:
    void bytesSelected(qint64 offset, qint64 size); ///< of the current message; follows currentMessageChanged()
    void titleChanged(); ///< title(), stateText() or isActive()
    void currentMessageChanged(); ///< the user selected another one; or hasMessages()
    void exportRequested(); ///< of the selected messages
    void diagnoseRequested(const sockeye::Destination& there); ///< why a connection there cannot be made
    void manyConnectionsRequested(const sockeye::Destination& there); ///< a page that opens them to there
    void pageMade(sockeye::Page* page); ///< by this one: to be shown, and owned, by whoever hears it
    /// For the status bar of the window that the page is in.
    void statusMessage(const QString& text);
};

} // namespace sockeye
