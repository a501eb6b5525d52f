// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/live/live_capture.h"
#include "ui/pages/tables_page.h"

namespace sockeye {

class GrantNotice;
class LiveBar;

/// A live capture from a network interface: what other programs say to each other, shown as an opened file is.
class LivePage final : public TablesPage {
    Q_OBJECT
public:
    /// `tool` is the program that captures.
    explicit LivePage(const QString& tool = captureToolPath(), QWidget* parent = nullptr);

    void restore(const QJsonObject& state); ///< what saveState() gave; anything else is ignored. Nothing is started

    void start();
    void stop();
    [[nodiscard]] const LiveCapture& live() const { return m_live; }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_live.capture(); }
    [[nodiscard]] QJsonObject saveState() const override;

private:
    void buildLayout();
    void connectParts();
    void listInterfaces();
    void checkFilter();
    void showState();
    void showFailure();
    void showLiveCapture();

    const QString m_tool;
    LiveCapture m_live;
    std::weak_ptr<Capture> m_shown; ///< what the tables show
    LiveBar* m_bar;
    GrantNotice* m_grant;
};

} // namespace sockeye
