// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/request_draft.h"
#include "protocol/composer/text_macro.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/registry.h"

#include <QObject>

#include <functional>
#include <optional>

namespace sockeye {

/// The one draft that all views of the composer show and edit.
class ComposerModel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const RequestDraft& draft() const { return m_draft; }

    /// The protocol that the message is of, and which side says it.
    [[nodiscard]] const ProtocolPtr& protocol() const { return m_protocol; }
    [[nodiscard]] Sender sender() const { return m_sender; }
    void setProtocol(const ProtocolPtr& protocol, Sender sender = Sender::Client)
    {
        m_protocol = protocol;
        m_sender = sender;
        const bool isMessage = protocol->requestShape() == RequestShape::Fields;
        edit(nullptr, [isMessage, encoding = textEncoding(*protocol)](RequestDraft& draft) {
            draft.setTextEncoding(encoding);
            draft.setShape(isMessage ? RequestDraft::Shape::Message : RequestDraft::Shape::Plain);
        });
    }

    /// Changes the draft. `source` is the view that the user edits, null for none: it need not show what it shows
    /// already, and must not, under the user's cursor.
    void edit(const QObject* source, const std::function<void(RequestDraft&)>& change)
    {
        change(m_draft);
        m_obstacle.clear();
        m_maker = nullptr;
        m_typed.reset();
        Q_EMIT changed(source);
    }

    /// Makes the request anew each time that it is sent; the draft is an example of it. The next edit(), in whatever
    /// view, takes it away.
    using Maker = std::function<QByteArray(const MacroMoment&)>;
    [[nodiscard]] const Maker& maker() const { return m_maker; } ///< empty: the draft is what is sent
    void setMaker(const Maker& maker) { m_maker = maker; }

    /// A text as somebody has typed it, for whoever keeps it; the draft is what it comes to. The next edit(), in
    /// whatever view, takes it away.
    struct Typed {
        QString text;
        bool escapes = false;
        bool macros = false;
        QString checksum; ///< appended; empty: none
    };
    [[nodiscard]] const std::optional<Typed>& typed() const { return m_typed; } ///< nothing: it was not typed as text
    void setTyped(const Typed& typed) { m_typed = typed; }

    /// Why the draft is not what somebody has written, in a sentence: a view holds a text that cannot be read. It must
    /// not be sent then. Empty: it is. The next edit(), in whatever view, takes it away.
    [[nodiscard]] const QString& obstacle() const { return m_obstacle; }
    void setObstacle(const QString& why) { m_obstacle = why; }

Q_SIGNALS:
    void changed(const QObject* source);

private:
    ProtocolPtr m_protocol = defaultProtocol();
    Sender m_sender = Sender::Client;
    RequestDraft m_draft;
    QString m_obstacle;
    Maker m_maker;
    std::optional<Typed> m_typed;
};

} // namespace sockeye
