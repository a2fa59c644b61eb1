#pragma once
#include <QString>

namespace likeness {

class LossChart;
struct ChartColours;

/// Writes the chart as it stands to a file: PNG at twice the screen's size, PDF, or its numbers as CSV, by the file's
/// ending. Pictures are drawn with `colours` and a legend. Returns a sentence for people when it fails, else nothing.
/// Threads: the window's.
[[nodiscard]] QString saveChart(LossChart& chart, const ChartColours& onScreen, const ChartColours& colours,
                                const QString& path);

}  // namespace likeness
