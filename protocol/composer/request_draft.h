// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/object_text.h"
#include "protocol/protocols/app/header.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <optional>

namespace sockeye {

/// One request while it is being written: the same request as a form (action, value), as a JSON header with content,
/// and as the exact bytes that will go out. Each view can be edited; the others follow.
///
/// Both lengths are computed until someone sets them: then they say what they were told to, right or wrong, until they
/// are computed again. Nothing is ever refused: bytes that are no message at all are kept as they are (isLoose()).
class RequestDraft {
    Q_DECLARE_TR_FUNCTIONS(RequestDraft)
public:
    /// What the bytes are to be.
    enum class Shape : quint8 {
        Message, ///< one message of the application protocol (wire protocol §1)
        Plain, ///< the value as text and a line ending: for services without headers (wire protocol §2)
    };
    /// What the form makes of action and value.
    enum class ContentForm : quint8 {
        Automatic, ///< as the wire protocol's table of requests has it
        Json, ///< {"action": …, "value": …} whatever the action
        Binary, ///< the UTF-8 bytes of both, one after the other, whatever the action
    };
    enum class LineEnd : quint8 { None, Lf, CrLf };

    explicit RequestDraft(ByteOrder claimed = nativeByteOrder()); ///< `search` for nothing

    [[nodiscard]] Shape shape() const { return m_shape; }
    void setShape(Shape shape); ///< keeps action and value
    [[nodiscard]] LineEnd lineEnd() const { return m_lineEnd; }
    void setLineEnd(LineEnd end);
    /// Of the value of a Plain one, by its usual name; empty: UTF-8. A value that was written stays.
    void setTextEncoding(const QByteArray& encoding);

    // The form.
    [[nodiscard]] const QString& action() const { return m_action; }
    [[nodiscard]] const QString& value() const { return m_value; }
    [[nodiscard]] ContentForm contentForm() const { return m_form; }
    /// Whether action and value say all that the content says. If not, editing them replaces the content.
    [[nodiscard]] bool formFits() const { return m_formFits; }
    void setForm(const QString& action, const QString& value);
    void setContentForm(ContentForm form);

    // The JSON header, as text and by field. Header functions do nothing to loose bytes.
    [[nodiscard]] const QByteArray& headerText() const { return m_header.text(); }
    void setHeaderText(const QByteArray& text);
    /// The value of a text field, or null.
    [[nodiscard]] QByteArray headerField(QByteArrayView key) const;
    void setHeaderField(QByteArrayView key, const QByteArray& utf8);

    // The content.
    [[nodiscard]] bool contentIsText() const { return m_contentIsText; } ///< text/json that can be decoded
    [[nodiscard]] const QString& contentText() const { return m_contentText; }
    void setContentText(const QString& text); ///< encoded in the header's content-encoding
    [[nodiscard]] const QByteArray& content() const { return m_content; }
    void setContent(const QByteArray& bytes);

    // The lengths.
    [[nodiscard]] quint16 fixedLength() const; ///< what the two bytes of the fixed header say
    [[nodiscard]] bool isFixedLengthSet() const { return m_fixedLength.has_value(); }
    void setFixedLength(quint16 length);
    void computeFixedLength();
    [[nodiscard]] QByteArray contentLength() const; ///< as it stands in the header; null if it is missing
    [[nodiscard]] bool isContentLengthSet() const { return m_contentLengthSet; }
    /// Any JSON value, right or wrong: "41", "-1", "1.5", "\"41\"". False if the header cannot hold it.
    bool setContentLength(const QByteArray& json);
    void computeContentLength();

    // The bytes.
    [[nodiscard]] QByteArray bytes() const;
    void setBytes(const QByteArray& bytes);
    /// True for bytes in which header and content cannot be told apart.
    [[nodiscard]] bool isLoose() const { return m_loose.has_value(); }

    /// What a person should know about these bytes before sending them, in a sentence; empty for nothing. Wrong
    /// lengths that were asked for are no problem.
    [[nodiscard]] QString remark() const;

private:
    [[nodiscard]] QByteArray plainEncoding() const;
    void encodeContentText();
    void decodeContent();
    void syncContentLength();
    void noticeContentLength();
    void replaceHeader(const QByteArray& contentType, const QByteArray& contentEncoding);
    void setJsonContent(const QString& text);
    void fillForm();
    void fillFormFromJson();
    void fillFormFromBinary();
    void splitBytes(const QByteArray& bytes);

    Shape m_shape = Shape::Message;
    ContentForm m_form = ContentForm::Automatic;
    LineEnd m_lineEnd = LineEnd::Lf;
    QByteArray m_textEncoding; ///< of Plain; empty: UTF-8
    ByteOrder m_claimed;
    QString m_action;
    QString m_value;
    bool m_formFits = true;
    ObjectText m_header;
    QByteArray m_content;
    QString m_contentText; ///< kept while characters of it have no place in the encoding
    bool m_contentIsText = false;
    bool m_encodingKnown = true;
    QString m_unencodable;
    std::optional<quint16> m_fixedLength;
    bool m_contentLengthSet = false;
    std::optional<QByteArray> m_loose;
};

} // namespace sockeye
