// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/field_texts.h"

#include <QtGlobal>

namespace sockeye {

/// What the application protocol calls the headers of a message.
class AppFieldTexts final : public FieldTexts {
public:
    // English, to be translated in the context "sockeye::Annotation".
    static constexpr const char* fixedHeader = QT_TRANSLATE_NOOP("sockeye::Annotation", "fixed header");
    static constexpr const char* jsonHeader = QT_TRANSLATE_NOOP("sockeye::Annotation", "JSON header");

    [[nodiscard]] std::optional<QString> label(const Annotation& annotation, int field) const override;
    [[nodiscard]] std::optional<QString> value(const Annotation& annotation, int field) const override;
    [[nodiscard]] qint64 wholeSize(const Annotation& annotation, int field) const override;
};

} // namespace sockeye
