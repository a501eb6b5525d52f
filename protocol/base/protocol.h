// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation_builder.h"
#include "protocol/base/alteration.h"
#include "protocol/base/message_shape.h"
#include "protocol/base/message_summary.h"
#include "protocol/framing/framing.h"
#include "protocol/result.h"
#include "protocol/sender.h"
#include "protocol/transport.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QStringList>

#include <tl/expected.hpp>

#include <memory>
#include <optional>

namespace sockeye {

namespace filter {
class Fields;
}

class MessageEditor;
class Protocol;
/// Protocols are values: immutable, shared by all threads, and the same protocol is the same pointer.
using ProtocolPtr = std::shared_ptr<const Protocol>;

/// When a client has its whole reply.
enum class ReplyEnd : quint8 {
    Message, ///< with the first message that comes
    Amount, ///< when as much came back as was sent, or with the end of the stream; else when nothing more comes
};

/// How people use a protocol by hand.
enum class Talk : quint8 {
    Requests, ///< one request after the other, made in the composer
    Lines, ///< typed line by line, as in a chat
};

/// What the composer makes requests of.
enum class RequestShape : quint8 {
    Fields, ///< a form, a header and a content of the protocol's own
    Text, ///< text with a line ending, or any bytes
    Values, ///< a form of the fields that shape() names
};

/// What a content is that somebody wants to have in a message.
enum class ContentKind : quint8 { Text, Json };

/// What a field is to be, as people write it: "items[0].size" and "12".
struct FieldValue {
    QByteArray path;
    QString value;
};

/// What a message says in the forms that scripts read.
struct DecodedMessage {
    QByteArray header; ///< JSON text; null where the protocol knows no headers
    QByteArray content; ///< JSON text of the content, decoded; null where that is not JSON
    QByteArray fields; ///< JSON text: an object of the fields by their names; null where the header says it all
    std::optional<QByteArray> body; ///< what the content carries, where that is not its very bytes: escapes undone
};

/// Which of them somebody wants.
enum class DecodedPart : quint8 { Header = 1, Content = 2, Fields = 4, Body = 8 };
Q_DECLARE_FLAGS(DecodedParts, DecodedPart)

/// What a reply comes to: its value as JSON text, and the same for people.
struct ReplyValue {
    QByteArray json;
    QString text;
};

/// How a program of somebody else's reads one whole reply, for "Copy as". Both empty: until the end of the stream.
struct ReceiveCode {
    QStringView functions; ///< stand before the exchange
    QStringView steps; ///< stand in it, where the request has been sent
    QStringList modules; ///< that Python imports for it
};

/// A part of a message, for source code that makes it.
struct MessagePart {
    qint64 offset = 0; ///< in the message
    qint64 size = 0; ///< bytes
    QString label; ///< English: it goes into a comment
    char code = 0; ///< of a number as Python's struct writes it ('H'); 0: plain bytes
    bool isLittle = false; ///< of a number
    QString value; ///< of a number, as programs write it
};

enum class CodeLanguage : quint8 { Python, C };

/// A protocol as Wireshark and tshark take it up: a script in Lua.
struct Dissector {
    QByteArray lua; ///< empty: there is none
    QStringList missing; ///< what of the protocol it does not show, and why, a sentence each
};

/// How a stream becomes messages, messages become fields, and what they say: everything that is to be known of one
/// protocol (protocols.md). Servers, clients, loads, captures, the inspector and the command line ask this value; none
/// of them asks which protocol it is.
///
/// What is not overridden is right for bytes of which nothing is known.
class Protocol {
public:
    virtual ~Protocol() = default;
    Protocol(const Protocol&) = delete;
    Protocol& operator=(const Protocol&) = delete;

    // What it is.

    /// How the command line, workspaces and files name it: "app", "lines". Never translated.
    [[nodiscard]] virtual QString id() const = 0;
    /// The same for what scripts read of a message: "modbus_tcp" of one whose id() is a file.
    [[nodiscard]] virtual QString formatName() const { return id(); }
    /// For people, in their language: "Application protocol".
    [[nodiscard]] virtual QString title() const = 0;
    /// Whether it can cut streams: false for one that needs the borders of datagrams.
    [[nodiscard]] virtual bool cutsStreams() const { return true; }
    /// Why it cannot, and what would help, in sentences; empty for one that can.
    [[nodiscard]] virtual QString whyNotStreams() const;
    /// Whether it knows what a datagram says. One that does not leaves datagrams to the protocol "datagram".
    [[nodiscard]] virtual bool readsDatagrams() const { return false; }
    /// The protocol of the messages that one side sends: itself, unless they differ. Part of this value; see also the
    /// function of this name, which keeps both alive.
    [[nodiscard]] virtual const Protocol& spokenBy(Sender sender) const;

    // Streams.

    [[nodiscard]] virtual std::unique_ptr<Framing> newFraming(const Limits& limits = {}) const = 0;
    /// What the framings of both directions of a connection join (Framing::join()); null where each finds its way
    /// alone.
    [[nodiscard]] virtual std::shared_ptr<Dialogue> newDialogue() const { return nullptr; }
    /// Whether a message may begin with these bytes of a stream whose beginning nobody has seen: what they show of its
    /// headers looks like it. Without a mark at the beginning of a message: yes.
    [[nodiscard]] virtual bool mayBegin(QByteArrayView bytes) const;
    /// Whether these bytes are exactly one message, and show by themselves that they are of this protocol.
    [[nodiscard]] virtual bool recognizes(QByteArrayView bytes, const Limits& limits) const;
    /// The words for what an unfinished message waits for: "content: 23 of 41 bytes".
    [[nodiscard]] virtual QString waitingFor(const Progress& progress) const;
    /// How far it had come: "23 bytes into a 41-byte content".
    [[nodiscard]] virtual QString reached(const Progress& progress) const;
    /// What that may mean and what to try, in sentences. May be empty.
    [[nodiscard]] virtual QString adviceOn(const Progress& progress) const;
    /// What a connection waits for between messages: "the next message".
    [[nodiscard]] virtual QString nextMessage() const;

    // Messages.

    /// The frame of a message that was found whole and begins with `first` (all of it, or a good beginning); nothing
    /// where its header cannot be read, which only lost bytes bring about.
    [[nodiscard]] virtual std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const;
    /// Adds the fields of a message, or of the beginning of one, or of bytes that are wrong, to a tree whose root is
    /// open and has at least one byte.
    virtual void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const;
    /// How many of a message's first bytes its summary needs, where it begins with `first`.
    [[nodiscard]] virtual qint64 summaryBytes(QByteArrayView first) const;
    /// One line about a message of `size` bytes that begins with `first`. Never fails.
    [[nodiscard]] virtual MessageSummary summary(QByteArrayView first, qint64 size) const;
    /// Whether a message has more to say than its bytes show.
    [[nodiscard]] virtual bool hasStructure() const { return false; }
    /// What a message says, in one line of at most `maxChars` characters that may hold control characters. `bytes`
    /// begin with the message.
    [[nodiscard]] virtual MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const;
    /// `bytes` are all of the message.
    [[nodiscard]] DecodedMessage decoded(const Frame& frame, QByteArrayView bytes, const Limits& limits) const;
    /// The same, of which parts that are not wanted may be missing.
    [[nodiscard]] virtual DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const;
    /// The outermost fields that decoded() may give a message, by which filters ask for them; nothing: only messages
    /// know.
    [[nodiscard]] virtual std::optional<QStringList> fieldNames() const;
    /// The same fields for filters, with types that JSON does not tell. Null: decoded() says all there is.
    [[nodiscard]] virtual std::unique_ptr<filter::Fields> typedFields(
        const Frame& frame, QByteArrayView bytes, const Limits& limits) const;
    /// Why the inspector's JSON view has nothing to show of a message without an error, in a sentence.
    [[nodiscard]] virtual QString whyNotJson() const;

    // Content that has to be right in itself, and can be checked only when it is whole.

    [[nodiscard]] virtual bool checksContent(const Frame& frame) const;
    /// What besides its bytes decides whether a content is right: contents that are alike in both need no second check.
    [[nodiscard]] virtual QByteArray contentForm(const Frame& frame) const;
    [[nodiscard]] virtual Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const;

    // Exchanges.

    [[nodiscard]] virtual ReplyEnd replyEnd() const { return ReplyEnd::Message; }
    /// Whether each request gets one reply, so that what is owed can be counted.
    [[nodiscard]] virtual bool answersEach() const { return false; }
    [[nodiscard]] virtual Talk talk() const { return Talk::Requests; }
    [[nodiscard]] virtual RequestShape requestShape() const { return RequestShape::Text; }
    [[nodiscard]] virtual ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const;
    /// What a reply says, for a transcript; at most `maxChars` characters. Empty: its bytes say it.
    [[nodiscard]] virtual QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const;
    /// Whether a reply, found whole, means the same as the right one, however it is written.
    [[nodiscard]] virtual bool meansTheSame(const Frame& frame, const QByteArray& reply, const QByteArray& right) const;
    /// Whether a reply says that the request was wrong.
    [[nodiscard]] virtual bool isRefusal(const Frame& frame, const QString& text) const;
    /// The words after `sockeye-cli send HOST PORT` that make exactly these bytes of a form's action and value; empty
    /// where none do.
    [[nodiscard]] virtual QStringList sendWords(
        const QByteArray& bytes, const QString& action, const QString& value) const;
    /// What messages consist of, for forms; nothing where they are not made of named fields.
    [[nodiscard]] virtual std::optional<MessageShape> shape() const { return std::nullopt; }
    /// The values of a whole message by their paths, in order, as build() takes them; empty where shape() is nothing.
    [[nodiscard]] virtual QList<FieldValue> values(QByteArrayView message, const Limits& limits) const;
    /// The bytes of a message whose fields have these values; what is not given is computed. The error is a sentence.
    [[nodiscard]] virtual tl::expected<QByteArray, QString> build(const QList<FieldValue>& values) const;
    /// The bytes of a message of `sender` that says `content`, which is UTF-8, and nothing else; the error is a
    /// sentence. Without a form of its own a message is its content.
    [[nodiscard]] virtual tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const;
    /// How a whole message is changed so that the rest of it stays right. `message` must outlive the editor.
    [[nodiscard]] virtual std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const;
    /// What editors of it can do at all to some of its messages; see whyNotAltered().
    [[nodiscard]] virtual Alterations alterations() const;
    /// The parts that a whole message is made of, in order and without gaps; empty where nothing is known of them.
    [[nodiscard]] virtual QList<MessagePart> parts(QByteArrayView message, const Limits& limits) const;
    [[nodiscard]] virtual ReceiveCode receiveCode(CodeLanguage language) const;
    [[nodiscard]] virtual Dissector dissector() const;

protected:
    Protocol() = default;
};

/// What `sender` speaks of a protocol (Protocol::spokenBy()).
[[nodiscard]] ProtocolPtr spokenBy(const ProtocolPtr& protocol, Sender sender);

/// Annotates the bytes of one message, or of the beginning of one, or of bytes that are wrong: never fails, always
/// covers every byte, and says in error() what is wrong and where.
[[nodiscard]] Annotation annotate(
    const ProtocolPtr& protocol, const QByteArray& message, const AnnotateOptions& options = {});

} // namespace sockeye
