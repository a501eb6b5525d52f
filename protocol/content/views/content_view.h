// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace sockeye {

/// How much of a content a view looks at, and makes of it, whatever it announces.
struct ViewLimits {
    qsizetype maxBytes = 256 * 1024; ///< of the content
    qsizetype maxChars = 256 * 1024; ///< of the text
    int maxValues = 20'000; ///< of CBOR and MessagePack, containers included
    int maxDepth = 64; ///< of values in each other, 1 to 500
};

/// What a content comes to in a view.
struct ShownContent {
    QByteArray json; ///< JSON text of its values; null where the view has none, or what there is breaks off
    QString text; ///< the same for people; several lines where the view has them. No control characters but line feeds
    QString problem; ///< what is wrong with the content, in a sentence: what is before it is shown. Empty: nothing
    qint64 offset = -1; ///< of the problem in the content; -1: nowhere
    bool isCut = false; ///< there is more than the limits allow
};

/// A way to show a content: "json", "cbor", "msgpack", "text", "hex", "time" or "struct". What -show of a description
/// may name, and the inspector offers.
struct ContentView {
    const char* name; ///< never translated
    const char* title; ///< English, to be translated in the context "sockeye::ContentView"
    /// `parameter`: what stands behind the name and a colon, "gbk" of "text:gbk"; may be empty. Never fails, any bytes
    /// are fine.
    ShownContent (*show)(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
};

/// In the order in which to offer them.
[[nodiscard]] const QList<ContentView>& contentViews();

/// The view of that name, perhaps with a parameter: "cbor", "text:gbk", "struct:>6si"; hex for a name that is none.
[[nodiscard]] ShownContent showContent(const QString& view, QByteArrayView content, const ViewLimits& limits = {});

/// The same in one line of at most `maxChars` characters.
[[nodiscard]] QString contentLine(const QString& view, QByteArrayView content, qsizetype maxChars);

/// The view that goes with a media type, as HTTP declares one: "text:gbk" of "text/plain; charset=GBK"; empty if the
/// type says nothing that a view knows.
[[nodiscard]] QString viewOfType(QByteArrayView mediaType);

/// The view that a content looks like being made for. Looks at no more than the limits allow.
[[nodiscard]] QString viewByLook(QByteArrayView content, const ViewLimits& limits = {});

/// Encodings to choose among for the view "text", by their usual names.
[[nodiscard]] QStringList viewEncodings();

/// A number as the time that a program of our days may have meant with it: seconds, milliseconds, microseconds or
/// nanoseconds since 1970, by its size; empty for one that is none between 1990 and 2100.
[[nodiscard]] QString timeOfNumber(quint64 number);

} // namespace sockeye
