// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/load/wrong_reply_capture.h"
#include "ui/pages/page.h"

#include <memory>
#include <optional>

class QLabel;
class QSplitter;
class QToolButton;

namespace sockeye {

class DenseTable;
class LoadBar;
class LoadFiguresModel;
class LatencyDistribution;
class LoadPlots;
class LoadRun;
class WrongReplyBar;
struct LoadFigures;

/// How fast a server answers: what is asked on top, the course of the run and its figures under it. The first wrong
/// reply goes to the inspector.
class LoadPage final : public Page {
    Q_OBJECT
public:
    explicit LoadPage(QWidget* parent = nullptr);
    ~LoadPage() override;

    void restore(const QJsonObject& state); ///< what saveState() gave; anything else is ignored. Nothing is started

    void start();
    void cancel();
    [[nodiscard]] const LoadRun* run() const { return m_run.get(); } ///< null before the first

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_wrong.capture(); }
    [[nodiscard]] MessageRef currentMessage() const override;
    [[nodiscard]] bool hasMessages() const override { return m_wrong.capture() != nullptr; }
    [[nodiscard]] QJsonObject saveState() const override;
    void copySelection() override; ///< all figures, as text

private:
    void buildLayout();
    void connectParts();
    void refresh();
    void showState();
    void showEnd();
    void showColours();
    void showWrongReply();
    void save();
    [[nodiscard]] const LoadReport& report() const;

    std::unique_ptr<LoadRun> m_run;
    WrongReplyCapture m_wrong;
    LoadBar* m_bar;
    QSplitter* m_splitter;
    LoadPlots* m_plots;
    LatencyDistribution* m_distribution;
    DenseTable* m_figures;
    LoadFiguresModel* m_model;
    QLabel* m_verdict;
    QLabel* m_cost;
    WrongReplyBar* m_wrongBar;
    QToolButton* m_save;
    QToolButton* m_copy;
    bool m_dirty = false; ///< the run has measured more than is shown
    bool m_wrongIsDue = false; ///< the inspector waits for the capture
};

} // namespace sockeye
