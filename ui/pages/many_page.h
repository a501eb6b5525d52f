// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/many_connections.h"
#include "ui/pages/page.h"

class QSplitter;

namespace sockeye {

class ConnectionsPanel;
class IoThreads;
class ManyBar;
class MessagesPanel;

/// Many connections at once to one place: the same messages on each, and whether all of their bytes came back.
class ManyPage final : public Page {
    Q_OBJECT
public:
    explicit ManyPage(IoThreads& threads, QWidget* parent = nullptr);
    ~ManyPage() override;

    void setTarget(const Destination& there);
    void restore(const QJsonObject& state); ///< what saveState() gave; anything else is ignored. Nothing is started

    void start(); ///< a new run, with a capture of its own
    void cancel();
    [[nodiscard]] const ManySummary& summary() const { return m_summary; } ///< of the last run, or of this one so far

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override { return m_many != nullptr; }
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_capture; }
    [[nodiscard]] MessageRef currentMessage() const override;
    [[nodiscard]] QJsonObject saveState() const override;
    [[nodiscard]] ExportableMessages exportableMessages() const override;
    void focusFind() override;
    void findNext(bool backwards) override;
    void copySelection() override;

private:
    void buildLayout();
    void connectParts();
    void finish(const ManySummary& summary);

    IoThreads& m_threads;
    std::unique_ptr<ManyConnections> m_many; ///< while anything is under way
    std::shared_ptr<Capture> m_capture;
    ManyOptions m_options; ///< of the last run
    ManySummary m_summary;
    ManyBar* m_bar;
    QSplitter* m_splitter;
    ConnectionsPanel* m_connections;
    MessagesPanel* m_messages;
    bool m_showsUnfinished = false; ///< the inspector is to show what the selected connection is in the middle of
};

} // namespace sockeye
