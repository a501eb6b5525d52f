// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QCustomPlot;
class QLabel;

namespace sockeye {

/// One figure over the last minutes, with its name and its present value above it.
class KernelPlot final : public QWidget {
    Q_OBJECT
public:
    static constexpr double span = 60; ///< seconds that it shows
    static constexpr int maxPoints = 600; ///< older ones are forgotten

    /// `name` is also the accessible name.
    explicit KernelPlot(const QString& name, QWidget* parent = nullptr);

    /// `seconds`: since anything, never going back. `text`: the value as people read it.
    void add(double seconds, double value, const QString& text);
    void clear();
    [[nodiscard]] int pointCount() const;
    [[nodiscard]] double greatest() const; ///< of the points that it holds; 0 without any

private:
    void takeColours();

    QString m_name;
    QLabel* m_title;
    QCustomPlot* m_plot;
};

} // namespace sockeye
