// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/file_saver.h"
#include "app/reading/capture.h"

#include <QFont>

#include <memory>

namespace sockeye {

enum class LadderFormat : quint8 { Svg, Png };

/// A whole ladder that is to become a picture in a file.
struct LadderDrawing {
    std::shared_ptr<const Capture> capture;
    quint32 connection = 0; ///< 0: all
    QString file;
    LadderFormat format = LadderFormat::Svg;
    QFont font;
    bool isDark = false;
    int width = 0; ///< pixels, as far as it is not too narrow or too wide
};

/// What came of it.
struct LadderDrawn : SaveResult {
    qsizetype steps = 0;
};

/// Steps that a file may have: a picture of more would take gigabytes, and opens nowhere.
inline constexpr qsizetype mostSvgSteps = 25'000;
inline constexpr int mostPngHeight = 32'000; ///< pixels
inline constexpr qint64 mostPngPixels = 64'000'000;

/// Draws it all, and gives the file its name when it is whole. Takes long: not for the thread of a window.
[[nodiscard]] LadderDrawn drawLadder(const LadderDrawing& drawing, const SaveProgress& goesOn);

} // namespace sockeye
