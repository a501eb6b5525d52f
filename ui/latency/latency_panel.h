// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/latency/latency_reader.h"
#include "ui/latency/latency_plot.h"
#include "ui/models/message_ref.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QJsonObject>
#include <QWidget>

class QLabel;
class QSpinBox;
class QToolButton;

namespace sockeye {

/// The latencies of a capture over time, of all its connections or of one, and under them what they come to in words.
class LatencyPanel final : public QWidget {
    Q_OBJECT
public:
    explicit LatencyPanel(QWidget* parent = nullptr);
    ~LatencyPanel() override; ///< does not wait for what is under way

    void setCapture(const std::shared_ptr<Capture>& capture); ///< null: empty
    void showConnection(quint32 connection); ///< 0: all
    void showMessage(const MessageRef& message); ///< a ring around it, if it is a reply; an empty reference: none

    [[nodiscard]] LatencyPlot* plot() const { return m_plot; }
    [[nodiscard]] const LatencyPicturePtr& picture() const { return m_picture; } ///< null before the first
    [[nodiscard]] QString sentence() const;

    [[nodiscard]] QJsonObject saveState() const; ///< the scale, and what a silence is
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void messageChosen(const sockeye::MessageRef& message);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBar();
    void buildLayout();
    QToolButton* addButton(const QString& text, const QString& toolTip);
    void change(); ///< another picture is wanted
    void look();
    void ask();
    void take();
    void showSelected();

    QWidget* m_bar;
    LatencyPlot* m_plot;
    QLabel* m_sentence;
    QToolButton* m_logarithmic = nullptr;
    QSpinBox* m_factor;
    std::shared_ptr<Capture> m_capture;
    std::shared_ptr<LatencyReader> m_reader; ///< null without a capture
    LatencyRequest m_request;
    bool m_isWanted = true; ///< there is none yet of what is asked for
    QFutureWatcher<LatencyPicturePtr> m_watcher;
    LatencyPicturePtr m_picture;
    MessageRef m_message;
    QElapsedTimer m_sinceBegun;
    QElapsedTimer m_sinceMade;
    qint64 m_took = 0; ///< milliseconds for the last picture
};

} // namespace sockeye
