// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace sockeye {

class SocketsTable;
class SocketWatch;

/// The machine's sockets, as netstat and lsof show them, live for as long as the page is seen, with what each state
/// means.
class SocketsPage final : public Page {
    Q_OBJECT
public:
    explicit SocketsPage(QWidget* parent = nullptr);

    void restore(const QJsonObject& state); ///< ignores what it cannot read

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return nullptr; }
    [[nodiscard]] MessageRef currentMessage() const override { return {}; }
    [[nodiscard]] bool hasMessages() const override { return false; }
    [[nodiscard]] QJsonObject saveState() const override;
    void focusFind() override;
    void copySelection() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildLayout();
    void connectParts();
    void ask();
    void showSockets();
    void showMeaning();

    SocketWatch* m_watch;
    QComboBox* m_scope;
    QComboBox* m_kind;
    QLineEdit* m_port;
    QLineEdit* m_text;
    QLabel* m_count;
    SocketsTable* m_table;
    QLabel* m_meaning;
};

} // namespace sockeye
