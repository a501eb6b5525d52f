// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace sockeye {

class Capture;

/// Finds the rows of a capture that hold certain bytes, going through the rows once, some tens of nanoseconds each,
/// also those that come later: not for the GUI thread.
class PlaceRows {
public:
    explicit PlaceRows(const Capture& capture) ///< outlives this
        : m_capture(capture)
    {
    }

    /// One more place, behind those of its stream that were added before. All of those that lie in the rows up to the
    /// next goOn() should be there by then: of later ones only the nearest rows before are looked at again.
    void add(const StreamPlace& place, std::size_t number);
    /// Tells the row of a place that has one, by the number it was added with.
    using Found = std::function<void(std::size_t number, qsizetype row)>;
    /// Goes through the rows before `end`; returns early when `isEnough` says so.
    void goOn(qsizetype end, const std::function<bool()>& isEnough, const Found& found);
    [[nodiscard]] qsizetype rowsSeen() const { return m_next; }
    [[nodiscard]] bool isComplete() const { return m_left == 0; } ///< every place has its row

private:
    struct Place {
        qint64 offset = 0;
        std::size_t number = 0;
    };
    struct Stream {
        std::vector<Place> places;
        std::size_t next = 0; ///< in places: those before are done with
    };
    struct Late {
        StreamPlace place;
        std::size_t number = 0;
    };
    [[nodiscard]] qsizetype rowBefore(const StreamPlace& place, qsizetype& steps) const;
    void wait(const StreamPlace& place, std::size_t number);

    const Capture& m_capture;
    std::unordered_map<quint64, Stream> m_streams; ///< that have places left
    std::vector<Late> m_late; ///< added after rows were gone through
    std::size_t m_left = 0;
    qsizetype m_next = 0; ///< row
};

/// Which rows of a capture hold these bytes, `places` in ascending order: one number each, -1 where none does yet. What
/// was found so far when `isEnough` says so.
[[nodiscard]] std::vector<qsizetype> rowsOf(
    const Capture& capture, std::span<const StreamPlace> places, const std::function<bool()>& isEnough);

} // namespace sockeye
