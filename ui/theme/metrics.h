#pragma once

namespace likeness {

// Distances and sizes of the window in device-independent pixels; everything is laid out in steps of 4.
constexpr int kSpace4 = 4;
constexpr int kSpace8 = 8;
constexpr int kSpace12 = 12;
constexpr int kSpace16 = 16;
constexpr int kSpace24 = 24;

constexpr int kRadiusControl = 8;
constexpr int kRadiusThumbnail = 10;
constexpr int kRadiusCard = 12;

constexpr int kHeaderHeight = 48;
constexpr int kRailWidth = 208;
constexpr int kJobBarHeight = 56;
constexpr int kFieldHeight = 38;

}  // namespace likeness
