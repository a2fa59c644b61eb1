#include "app/cli/contact_sheet_job.h"

#include <algorithm>
#include <regex>

#include "core/data/contact_sheet.h"
#include "core/data/crop.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "core/project/project.h"
#include "core/project/project_subjects.h"

namespace likeness {
namespace {

// The prompt without its [V], [V2], …: the class alone, which should still give any member of the class.
std::string withoutSubject(const std::string& prompt) {
  static const std::regex mark(R"(\[[Vv]\d*\] ?)");
  return std::regex_replace(prompt, mark, "");
}

// The photos of all subjects, one of each in turn.
std::vector<std::pair<std::filesystem::path, CropRect>> photosInTurn(const Project& project) {
  std::vector<std::pair<std::filesystem::path, CropRect>> photos;
  const auto subjects = allSubjects(project.content());
  std::size_t longest = 0;
  for (const auto& subject : subjects) longest = std::max(longest, subject.photos.size());
  for (std::size_t k = 0; k < longest; ++k) {
    for (const auto& subject : subjects) {
      if (k < subject.photos.size())
        photos.emplace_back(project.photosFolder(subject) / subject.photos[k].file, subject.photos[k].crop);
    }
  }
  return photos;
}

}  // namespace

std::vector<Sample> SheetMaker::jobs() const {
  std::vector<Sample> jobs;
  for (const bool classOnly : {false, true}) {
    for (const auto& prompt : m_prompts) {
      auto job = m_sample;
      job.prompt = classOnly ? withoutSubject(prompt) : prompt;
      job.compareWithBase = !classOnly;
      if (classOnly) job.count = 1;
      jobs.push_back(std::move(job));
    }
  }
  return jobs;
}

void SheetMaker::handle(std::size_t index, const JobEvent& event) {
  if (const auto* ready = std::get_if<PictureReady>(&event.payload)) {
    m_cells.push_back({index % m_prompts.size(), ready->index, ready->base, index >= m_prompts.size(), ready->image});
  }
}

const Image* SheetMaker::find(std::size_t prompt, int index, bool base, bool classOnly) const {
  for (const auto& cell : m_cells) {
    if (cell.prompt == prompt && cell.index == index && cell.base == base && cell.classOnly == classOnly)
      return cell.image.get();
  }
  return nullptr;
}

std::filesystem::path SheetMaker::write() const {
  std::vector<Image> pictures;
  std::vector<std::string> labels, titles;
  const auto blank = [&] { return Image{1, 1, {245, 245, 245}}; };
  const auto addRow = [&](const std::string& title, int index, bool base, bool classOnly) {
    titles.push_back(title);
    for (std::size_t prompt = 0; prompt < m_prompts.size(); ++prompt) {
      const auto* image = find(prompt, index, base, classOnly);
      pictures.push_back(image != nullptr ? *image : blank());
      labels.push_back(classOnly ? withoutSubject(m_prompts[prompt]) : m_prompts[prompt]);
    }
  };
  const auto project = Project::open(m_sample.project).value();
  const int side = m_cells.empty() ? 128 : m_cells.front().image->width;
  titles.emplace_back("Photos");
  const auto photos = photosInTurn(project);
  for (std::size_t k = 0; k < m_prompts.size(); ++k) {
    pictures.push_back(k < photos.size() ? renderCrop(readPhoto(photos[k].first).value(), photos[k].second, side)
                                         : blank());
    labels.push_back(k < photos.size() ? photos[k].first.filename().string() : std::string());
  }
  for (int index = 0; index < m_sample.count; ++index) {
    addRow("Base model, seed " + std::to_string(m_sample.seed + static_cast<std::uint64_t>(index)), index, true, false);
    addRow("Trained, the same seed", index, false, false);
  }
  addRow("Trained, the class word alone", 0, false, true);
  const auto file = m_sample.out / "sheet.png";
  replacePicture(file, contactSheet(pictures, static_cast<int>(m_prompts.size()), labels, titles)).value();
  return file;
}

}  // namespace likeness
