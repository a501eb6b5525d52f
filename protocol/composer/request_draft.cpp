// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/request_draft.h"

#include "protocol/composer/content_text.h"
#include "protocol/json/json_writer.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/app/message_types.h"

#include <QtEndian>

#include <limits>
#include <utility>

namespace sockeye {

namespace {

constexpr QByteArrayView lengthKey = "content-length";

QString lineEndText(RequestDraft::LineEnd end)
{
    switch (end) {
    case RequestDraft::LineEnd::None:
        break;
    case RequestDraft::LineEnd::Lf:
        return QStringLiteral("\n");
    case RequestDraft::LineEnd::CrLf:
        return QStringLiteral("\r\n");
    }
    return {};
}

/// UTF-8 as text, if it is nothing else.
std::optional<QString> strictUtf8(QByteArrayView bytes)
{
    return decodeText(bytes, "utf-8");
}

QString formJson(const QString& action, const QString& value)
{
    QByteArray json;
    json::Writer(json).beginObject().key("action").string(action).key("value").string(value).endObject();
    return QString::fromUtf8(json);
}

} // namespace

RequestDraft::RequestDraft(ByteOrder claimed)
    : m_claimed(claimed)
{
    setForm(QStringLiteral("search"), QString());
}

void RequestDraft::setShape(Shape shape)
{
    if (m_shape == shape) {
        return;
    }
    m_shape = shape;
    setForm(m_action, m_value);
}

void RequestDraft::setLineEnd(LineEnd end)
{
    m_lineEnd = end;
    if (m_shape == Shape::Plain) {
        setForm(m_action, m_value);
    }
}

void RequestDraft::setTextEncoding(const QByteArray& encoding)
{
    if (std::exchange(m_textEncoding, encoding) != encoding && m_shape == Shape::Plain && m_formFits) {
        setForm(m_action, m_value);
    }
}

QByteArray RequestDraft::plainEncoding() const
{
    return m_textEncoding.isEmpty() ? QByteArrayLiteral("utf-8") : m_textEncoding;
}

void RequestDraft::setForm(const QString& action, const QString& value)
{
    m_action = action;
    m_value = value;
    m_formFits = true;
    if (m_shape == Shape::Plain) {
        const EncodedText encoded = encodeText(QString(value + lineEndText(m_lineEnd)), plainEncoding());
        m_loose = encoded.bytes;
        m_unencodable = encoded.unencodable;
        return;
    }
    m_loose.reset();
    const RequestContent automatic = requestContent(action, value);
    const bool asJson =
        m_form == ContentForm::Json || (m_form == ContentForm::Automatic && automatic.contentType == jsonType);
    if (asJson) {
        ObjectText object(m_contentIsText ? m_contentText.toUtf8() : QByteArray());
        const bool keeps = object.string("action") && object.string("value")
            && object.setString("action", action.toUtf8()) && object.setString("value", value.toUtf8());
        setJsonContent(keeps ? QString::fromUtf8(object.text()) : formJson(action, value));
    } else {
        const bool keepsType = m_header.isObject() && m_header.string("content-type")
            && m_header.string("content-type") != jsonType.toByteArray();
        if (!keepsType) {
            replaceHeader(QByteArrayLiteral("binary/custom-client-binary-type"), QByteArrayLiteral("binary"));
        }
        m_contentIsText = false;
        m_contentText.clear();
        m_unencodable.clear();
        m_encodingKnown = true;
        m_content = m_form == ContentForm::Automatic ? automatic.content : QString(action + value).toUtf8();
    }
    syncContentLength();
}

void RequestDraft::setContentForm(ContentForm form)
{
    m_form = form;
    setForm(m_action, m_value);
}

void RequestDraft::setJsonContent(const QString& text)
{
    if (!m_header.isObject() || m_header.string("content-type") != jsonType.toByteArray()) {
        replaceHeader(jsonType.toByteArray(), QByteArrayLiteral("utf-8"));
    }
    m_contentIsText = true;
    m_contentText = text;
    encodeContentText();
}

void RequestDraft::replaceHeader(const QByteArray& contentType, const QByteArray& contentEncoding)
{
    if (m_header.isObject() && m_header.setString("content-type", contentType)
        && m_header.setString("content-encoding", contentEncoding)) {
        return;
    }
    m_header = ObjectText(encodeHeader(contentType, contentEncoding, m_claimed, m_content.size()));
    m_contentLengthSet = false;
}

void RequestDraft::setHeaderText(const QByteArray& text)
{
    m_loose.reset();
    const bool wasText = m_contentIsText;
    const QByteArray typeBefore = headerField("content-type");
    const QByteArray encodingBefore = headerField("content-encoding");
    const QByteArray lengthBefore = contentLength();
    m_header = ObjectText(text);
    if (!m_header.isObject()) {
        return;
    }
    const bool isJson = headerField("content-type") == jsonType;
    const bool sameEncoding = headerField("content-encoding") == encodingBefore;
    const bool typedLength = contentLength() != lengthBefore;
    if (wasText && isJson && !sameEncoding) {
        encodeContentText();
    } else if (isJson != (typeBefore == jsonType)) {
        decodeContent();
    }
    if (typedLength || m_contentLengthSet) {
        noticeContentLength();
    } else {
        syncContentLength();
    }
    fillForm();
}

QByteArray RequestDraft::headerField(QByteArrayView key) const
{
    return m_header.string(key).value_or(QByteArray());
}

void RequestDraft::setHeaderField(QByteArrayView key, const QByteArray& utf8)
{
    ObjectText changed = m_header;
    if (!m_loose && changed.setString(key, utf8)) {
        setHeaderText(changed.text());
    }
}

void RequestDraft::setContentText(const QString& text)
{
    m_loose.reset();
    m_contentIsText = true;
    m_contentText = text;
    encodeContentText();
    syncContentLength();
    fillForm();
}

void RequestDraft::setContent(const QByteArray& bytes)
{
    m_loose.reset();
    m_content = bytes;
    decodeContent();
    syncContentLength();
    fillForm();
}

void RequestDraft::encodeContentText()
{
    const EncodedText encoded = encodeText(m_contentText, headerField("content-encoding"));
    m_content = encoded.bytes;
    m_encodingKnown = encoded.encodingKnown;
    m_unencodable = encoded.unencodable;
}

void RequestDraft::decodeContent()
{
    m_unencodable.clear();
    m_encodingKnown = true;
    const std::optional<QString> text =
        headerField("content-type") == jsonType ? decodeText(m_content, headerField("content-encoding")) : std::nullopt;
    m_contentIsText = text.has_value();
    m_contentText = text.value_or(QString());
}

quint16 RequestDraft::fixedLength() const
{
    return m_fixedLength.value_or(static_cast<quint16>(m_header.text().size() & 0xFFFF));
}

void RequestDraft::setFixedLength(quint16 length)
{
    m_fixedLength = length;
}

void RequestDraft::computeFixedLength()
{
    m_fixedLength.reset();
}

QByteArray RequestDraft::contentLength() const
{
    return m_header.raw(lengthKey).value_or(QByteArray());
}

bool RequestDraft::setContentLength(const QByteArray& json)
{
    if (m_loose || !m_header.setRaw(lengthKey, json)) {
        return false;
    }
    m_contentLengthSet = true;
    return true;
}

void RequestDraft::computeContentLength()
{
    // A header that is no object has no place for it: it goes out as it was typed.
    m_contentLengthSet = !m_header.setRaw(lengthKey, QByteArray::number(m_content.size()));
}

void RequestDraft::syncContentLength()
{
    if (!m_contentLengthSet && m_header.raw(lengthKey)) {
        computeContentLength();
    }
}

/// A length that was typed, or came with bytes, is meant: right ones go on being computed, others stay.
void RequestDraft::noticeContentLength()
{
    m_contentLengthSet = contentLength() != QByteArray::number(m_content.size());
}

QByteArray RequestDraft::bytes() const
{
    if (m_loose) {
        return *m_loose;
    }
    QByteArray out(2, Qt::Uninitialized);
    qToBigEndian(fixedLength(), out.data());
    return out.append(m_header.text()).append(m_content);
}

void RequestDraft::setBytes(const QByteArray& bytes)
{
    m_loose.reset();
    if (m_shape == Shape::Plain) {
        m_loose = bytes;
        m_unencodable.clear();
        const QByteArray end = encodeText(lineEndText(m_lineEnd), plainEncoding()).bytes;
        const bool hasEnd = bytes.endsWith(end);
        const std::optional<QString> text = decodeText(hasEnd ? bytes.chopped(end.size()) : bytes, plainEncoding());
        m_formFits = hasEnd && text;
        m_value = text.value_or(QString());
        return;
    }
    splitBytes(bytes);
    if (m_loose) {
        m_formFits = false;
        return;
    }
    decodeContent();
    noticeContentLength();
    fillForm();
}

void RequestDraft::splitBytes(const QByteArray& bytes)
{
    if (bytes.size() < 2) {
        m_loose = bytes;
        return;
    }
    const quint16 announced = qFromBigEndian<quint16>(bytes.constData());
    const bool fits = bytes.size() - 2 >= announced;
    qsizetype headerSize = announced;
    m_fixedLength.reset();
    if (!fits || !ObjectText(bytes.mid(2, announced)).isObject()) {
        // The length lies, if there is an object that shows how long the header really is.
        const qsizetype end = ObjectText::objectEnd(QByteArrayView(bytes).sliced(2));
        if (end >= 0) {
            headerSize = end;
            m_fixedLength = announced;
        } else if (!fits) {
            m_loose = bytes;
            return;
        }
    }
    m_header = ObjectText(bytes.mid(2, headerSize));
    m_content = bytes.mid(2 + headerSize);
}

void RequestDraft::fillForm()
{
    if (m_contentIsText) {
        fillFormFromJson();
    } else {
        fillFormFromBinary();
    }
}

void RequestDraft::fillFormFromJson()
{
    const ObjectText object(m_contentText.toUtf8());
    const std::optional<QByteArray> action = object.string("action");
    const std::optional<QByteArray> value = object.string("value");
    m_formFits = action && value && object.members().size() == 2;
    if (!action || !value) {
        return;
    }
    m_action = QString::fromUtf8(*action);
    m_value = QString::fromUtf8(*value);
    if (requestContent(m_action, m_value).contentType != jsonType) {
        m_form = ContentForm::Json;
    } else if (m_form == ContentForm::Binary) {
        m_form = ContentForm::Automatic;
    }
}

void RequestDraft::fillFormFromBinary()
{
    const QByteArray word = m_content.left(6);
    if (m_content.size() == 10 && (word == "double" || word == "negate")) {
        m_action = QString::fromLatin1(word);
        m_value = QString::number(qFromBigEndian<qint32>(m_content.constData() + 6));
    } else {
        const std::optional<QString> text = strictUtf8(m_content);
        m_formFits = text.has_value();
        if (!text) {
            return;
        }
        // Nothing separates the two: what is known of the action decides.
        if (m_action.isEmpty() || !text->startsWith(m_action)) {
            m_action = *text;
        }
        m_value = text->mid(m_action.size());
    }
    m_formFits = true;
    const RequestContent automatic = requestContent(m_action, m_value);
    m_form = automatic.contentType != jsonType && automatic.content == m_content ? ContentForm::Automatic
                                                                                 : ContentForm::Binary;
}

QString RequestDraft::remark() const
{
    if (m_shape == Shape::Plain) {
        return m_unencodable.isEmpty() ? QString()
                                       : tr("“%1” has no place in %2: it goes out as “?”.")
                                             .arg(m_unencodable, QString::fromLatin1(plainEncoding()));
    }
    if (m_loose) {
        return tr("No message yet: these bytes do not hold the whole JSON header that they announce.");
    }
    if (m_header.text().size() > std::numeric_limits<quint16>::max() && !m_fixedLength) {
        return tr("The JSON header is longer than the 65,535 bytes that the fixed header can announce.");
    }
    if (!m_header.isObject()) {
        return tr("The JSON header is no JSON object: it goes out as it stands here.");
    }
    if (!m_encodingKnown) {
        return tr("The content-encoding “%1” is unknown: the text goes out as UTF-8.")
            .arg(QString::fromUtf8(headerField("content-encoding")));
    }
    if (!m_unencodable.isEmpty()) {
        return tr("“%1” has no place in %2: it goes out as “?”.")
            .arg(m_unencodable, QString::fromUtf8(headerField("content-encoding")));
    }
    return {};
}

} // namespace sockeye
