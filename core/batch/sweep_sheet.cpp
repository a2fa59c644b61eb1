#include "core/batch/sweep_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <system_error>

#include "core/data/contact_sheet.h"
#include "core/data/picture_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr int kLargestSide = 16'000;
constexpr int kAroundPicture = 80;  // more than margin, title and label of a cell

std::string titleOf(const SweepRow& row) {
  auto title = "Run " + std::to_string(row.trial.number);
  if (row.state == "left") title += ", left at step " + std::to_string(row.steps);
  if (std::isfinite(row.bestValidationLoss)) {
    std::array<char, 32> loss{};
    std::snprintf(loss.data(), loss.size(), "%.4f", row.bestValidationLoss);
    title += ", validation loss " + std::string(loss.data());
  }
  return title + ": " + describeTrial(row.trial);
}

struct SheetRow {
  std::string title;
  std::vector<Image> images;
};

Result<SheetRow> readRow(const Sweep& sweep, const SweepRow& row) {
  SheetRow read;
  read.title = titleOf(row);
  for (std::size_t prompt = 0; prompt < sweep.file.samples->prompts.size(); ++prompt) {
    for (const auto& file : picturesOf(sweep, row.trial, prompt)) {
      LK_TRY(auto image, readPicture(file));
      read.images.push_back(std::move(image));
    }
  }
  return read;
}

std::vector<std::string> labelsOf(const SweepSamples& samples) {
  std::vector<std::string> labels;
  for (const auto& prompt : samples.prompts) {
    for (int k = 0; k < samples.count; ++k) {
      const auto seed = samples.seed + static_cast<std::uint64_t>(k);
      labels.push_back(samples.count == 1 ? prompt : std::to_string(seed) + ": " + prompt);
    }
  }
  return labels;
}

Result<fs::path> writeSheet(const Sweep& sweep, const std::vector<SheetRow>& rows, int page) {
  const auto once = labelsOf(*sweep.file.samples);
  std::vector<Image> images;
  std::vector<std::string> labels, titles;
  for (const auto& row : rows) {
    titles.push_back(row.title);
    images.insert(images.end(), row.images.begin(), row.images.end());
    labels.insert(labels.end(), once.begin(), once.end());
  }
  const auto file = sweep.folder / (page == 1 ? "sheet.png" : "sheet-" + std::to_string(page) + ".png");
  LK_CHECK(replacePicture(file, contactSheet(images, static_cast<int>(once.size()), labels, titles)));
  return file;
}

}  // namespace

fs::path promptFolder(const Sweep& sweep, const SweepTrial& trial, std::size_t prompt) {
  return sweep.picturesFolder(trial) / ("prompt-" + std::to_string(prompt + 1));
}

std::vector<fs::path> picturesOf(const Sweep& sweep, const SweepTrial& trial, std::size_t prompt) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(promptFolder(sweep, trial, prompt), ignored)) {
    const bool hidden = entry.path().filename().string().starts_with(".");
    if (entry.path().extension() == ".png" && !hidden) files.push_back(entry.path());
  }
  // The seed ends the name: shorter numbers are smaller.
  std::ranges::sort(files, {}, [](const fs::path& file) { return std::pair(file.string().size(), file.string()); });
  return files;
}

Result<std::vector<fs::path>> writeSweepSheets(const Sweep& sweep, const std::vector<SweepRow>& rows) {
  std::vector<fs::path> files;
  if (!sweep.file.samples) return files;
  const auto wanted = sweep.file.samples->prompts.size() * static_cast<std::size_t>(sweep.file.samples->count);
  std::vector<SheetRow> page;
  int height = 0;
  const auto flush = [&]() -> Result<void> {
    if (page.empty()) return {};
    LK_TRY(auto file, writeSheet(sweep, page, static_cast<int>(files.size()) + 1));
    files.push_back(std::move(file));
    page.clear();
    height = 0;
    return {};
  };
  for (const auto& row : rows) {
    LK_TRY(auto read, readRow(sweep, row));
    if (read.images.size() != wanted) continue;  // a run that failed has none
    int tallest = 0;
    for (const auto& image : read.images) tallest = std::max(tallest, image.height);
    if (height + tallest + kAroundPicture > kLargestSide) LK_CHECK(flush());
    height += tallest + kAroundPicture;
    page.push_back(std::move(read));
  }
  LK_CHECK(flush());
  return files;
}

}  // namespace likeness
