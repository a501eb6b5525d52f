// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace sockeye {

/// Shows and hides what stands below or beside it: checked, it is shown. Its arrow says which.
class DisclosureButton final : public QToolButton {
    Q_OBJECT
public:
    /// `text` may have a mnemonic, and names it; without one it is an arrow alone, which whoever makes it names.
    explicit DisclosureButton(const QString& text, QWidget* parent = nullptr);
};

} // namespace sockeye
