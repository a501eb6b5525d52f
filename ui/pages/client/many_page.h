// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/many_connections.h"
#include "ui/pages/tables_page.h"

namespace sockeye {

class IoThreads;
class ManyBar;

/// Many connections at once to one place: the same messages on each, and whether all of their bytes came back.
class ManyPage final : public TablesPage {
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
    [[nodiscard]] QJsonObject saveState() const override;

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
};

} // namespace sockeye
