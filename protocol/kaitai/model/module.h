// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/type_spec.h"
#include "protocol/sender.h"

#include <QStringList>

namespace sockeye::kaitai {

/// `-self-test`: one example.
struct SelfTestRule {
    QByteArray bytes;
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< path, and the value as it was written
    QByteArray error; ///< part of the sentence that must come instead
    bool expectsError = false;
    Sender sender = Sender::Either;
    SourcePosition place;
};

/// One file: its type at the top and what stands in `meta` for the whole.
struct Module {
    QString file;
    std::unique_ptr<TypeSpec> top;
    std::vector<std::pair<QByteArray, SourcePosition>> imports;
    std::vector<const Module*> imported; ///< directly
    bool opaqueTypes = false;
    QString title;

    // Ours.
    std::pair<QByteArray, SourcePosition> clientType;
    std::pair<QByteArray, SourcePosition> serverType;
    std::pair<QByteArray, SourcePosition> pair;
    std::optional<qint64> maxSize;
    std::vector<SelfTestRule> selfTests;
};

} // namespace sockeye::kaitai
