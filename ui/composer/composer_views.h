// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QTabWidget>

namespace sockeye {

class ComposerFields;
class ComposerForm;
class ComposerHex;
class ComposerJson;
class ComposerModel;
class FlatScrollArea;

/// The views in which one draft is written, a tab each: form or fields, JSON, hex.
class ComposerViews final : public QTabWidget {
    Q_OBJECT
public:
    explicit ComposerViews(ComposerModel& model, QWidget* parent = nullptr);

    /// Shows those that messages of it are written in, of that side.
    void setProtocol(const ProtocolPtr& protocol, Sender sender = Sender::Client);
    void showForm();
    [[nodiscard]] ComposerForm& form() const { return *m_form; }
    [[nodiscard]] QWidgetList views() const; ///< in the order in which workspaces number them

private:
    ComposerModel& m_model;
    ComposerForm* m_form;
    ComposerJson* m_json;
    ComposerHex* m_hex;
    ComposerFields* m_fields; ///< in its place for protocols that are described
    FlatScrollArea* m_formArea;
};

} // namespace sockeye
