// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/toml_text.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace sockeye {

/// A message of a send list as it is written. A value.
struct ListMessage {
    /// As what it is given.
    enum class Content : quint8 {
        Text, ///< as people type it: in `encoding`, with escapes and macros where they are switched on
        Hex, ///< bytes, with places that the reply before fills
        Json, ///< carried in a message of the protocol
        Fields, ///< those of the protocol
        File, ///< the bytes of that file, looked for beside the list
    };
    QString name; ///< empty: none was given
    Content content = Content::Text;
    rules::TomlValue value; ///< of the content; a Text but for Json and Fields
    bool escapes = false;
    bool macros = false;
    QByteArray encoding; ///< empty: that of the protocol
    QString checksum; ///< appended to it, as appendedChecksum() reads it; empty: none
    QString expect; ///< a filter that its reply has to match; empty: any will do
    QString expectText; ///< what has to be in the reply, in `encoding`; empty: nothing
    std::optional<std::chrono::microseconds> within; ///< how long its reply may take; nothing: as the list says
    std::chrono::microseconds pause { 0 }; ///< after it
    bool reply = true; ///< false: none is waited for
    QString key; ///< that sends it in the window: "F1"; empty: none
    qsizetype at = 0; ///< where it was read, in UTF-16 units of the text

    /// Text in quotes, of a file or a text without switches.
    [[nodiscard]] static ListMessage of(Content content, const QString& value);
    /// The bytes: as text where they are a legible one in `encoding` (a known one), else as hexadecimal digits.
    [[nodiscard]] static ListMessage ofBytes(const QByteArray& bytes, const QByteArray& encoding);
};

/// Prepared messages, in the order in which they are sent.
struct SendList {
    qint64 loop = 1; ///< how many times all of them; 0: until stopped
    bool goesOn = false; ///< after a failure, or a reply that was not expected
    std::optional<std::chrono::microseconds> within; ///< how long a reply may take; nothing: as long as elsewhere
    std::vector<ListMessage> messages;
};

/// The list as a text in TOML that readSendList() reads.
[[nodiscard]] QString sendListText(const SendList& list);
/// A value as it stands there, in one line.
[[nodiscard]] QString tomlText(const rules::TomlValue& value);
/// "20ms", as the text has it.
[[nodiscard]] QString tomlDuration(std::chrono::microseconds time);

} // namespace sockeye
