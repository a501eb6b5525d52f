// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QCPGraph;
class QCustomPlot;

namespace sockeye {

/// Gives a plot the theme's colours and the font of its widget: a calm frame, and lines across for the values alone.
/// Again after Theme::changed(); the plot is painted anew.
void takeTheme(QCustomPlot& plot);

/// A graph in the accent colour, filled down to the axis.
void takeAccent(QCPGraph& graph);

} // namespace sockeye
