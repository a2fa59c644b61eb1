#include "core/api/event_json.h"

#include <cmath>

namespace likeness {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json paths(const std::vector<std::filesystem::path>& files) {
  auto list = Json::array();
  for (const auto& file : files) list.push_back(file.string());
  return list;
}

Json cropJson(const CropRect& crop) {
  return {{"center_x", crop.centerX}, {"center_y", crop.centerY}, {"side", crop.side}, {"quarter_turns", crop.quarterTurns}};
}

Json checkpointJson(const CheckpointInfo& checkpoint) {
  return {{"step", checkpoint.step}, {"folder", checkpoint.folder.string()},
          {"validation_loss", number(checkpoint.validationLoss)}, {"best", checkpoint.best}};
}

Json pointJson(const MetricPoint& point) {
  return {{"step", point.step},
          {"instance_loss", number(point.instanceLoss)},
          {"prior_loss", number(point.priorLoss)},
          {"validation_loss", number(point.validationLoss)},
          {"learning_rate", number(point.learningRate)},
          {"text_encoder_learning_rate", number(point.textEncoderLearningRate)},
          {"grad_norm", number(point.gradNorm)},
          {"steps_per_second", number(point.stepsPerSecond)},
          {"scores", point.scores}};
}

Json photoJson(const PhotoInfo& photo) {
  constexpr const char* kLevels[] = {"fine", "look", "wont"};
  return {{"file", photo.file.string()}, {"width", photo.width}, {"height", photo.height},
          {"colour", photo.colourNote}, {"crop", cropJson(photo.crop)},
          {"finding", {{"level", kLevels[static_cast<int>(photo.finding.level)]}, {"code", photo.finding.code},
                       {"sentence", photo.finding.sentence}}}};
}

Json subjectsJson(const std::vector<SubjectInfo>& subjects) {
  auto list = Json::array();
  for (const auto& subject : subjects) {
    Json json = {{"class", subject.classNoun}, {"token", subject.identifierToken}, {"weight", subject.weight},
                 {"repeats", subject.repeats}, {"photos", Json::array()}};
    for (const auto& photo : subject.photos) json["photos"].push_back(photoJson(photo));
    list.push_back(std::move(json));
  }
  return list;
}

Json projectJson(const ProjectSnapshot& project) {
  constexpr const char* kStates[] = {"running", "interrupted", "finished", "failed", "stopped"};
  Json json = {{"folder", project.folder.string()}, {"name", project.name}, {"class", project.classNoun},
               {"token", project.identifierToken}, {"model", project.model.string()}, {"resolution", project.resolution},
               {"train", trainOptionValues(project.train)}};
  auto& photos = json["photos"] = Json::array();
  for (const auto& photo : project.photos) photos.push_back(photoJson(photo));
  auto& runs = json["runs"] = Json::array();
  for (const auto& run : project.runs) {
    runs.push_back({{"id", run.id}, {"state", kStates[static_cast<int>(run.state)]}, {"step", run.step}, {"steps", run.steps}});
  }
  json["priors"] = project.priors.size();
  if (!project.furtherSubjects.empty()) json["further_subjects"] = subjectsJson(project.furtherSubjects);
  json["pictures"] = project.pictures.size();
  return json;
}

Json offersJson(const std::vector<FittingOptions>& offers) {
  auto list = Json::array();
  for (const auto& offer : offers) {
    Json settings = Json::object();
    for (const auto& [name, value] : offer.settings) settings[name] = value;
    list.push_back({{"settings", settings}, {"remark", offer.remark}, {"total", offer.total}});
  }
  return list;
}

Json planJson(const TrainingPlan& plan) {
  return {{"resolution", plan.resolution},
          {"trained_parameters", plan.trainedParameters},
          {"frozen_parameters", plan.frozenParameters},
          {"bytes",
           {{"program", plan.program},
            {"weights", plan.weights},
            {"gradients", plan.gradients},
            {"optimizer", plan.optimizer},
            {"activations", plan.activations},
            {"pictures", plan.pictures},
            {"total", plan.total},
            {"available", plan.available}}},
          {"fits", plan.fits()},
          {"offers", offersJson(plan.offers)},
          {"seconds_per_step", number(plan.secondsPerStep)},
          {"seconds", number(plan.secondsInAll)}};
}

struct Fields {
  Json operator()(const Accepted&) const { return Json::object(); }
  Json operator()(const StateChanged& e) const {
    constexpr const char* kStates[] = {"queued", "running", "paused", "stopping"};
    return {{"state", kStates[static_cast<int>(e.state)]}};
  }
  Json operator()(const Progress& e) const {
    return {{"stage", e.stage}, {"done", e.done}, {"total", e.total}, {"seconds_left", e.secondsLeft < 0 ? Json(nullptr) : number(e.secondsLeft)},
            {"per_second", number(e.perSecond)}, {"memory_bytes", e.memoryBytes}};
  }
  Json operator()(const MetricBatch& e) const {
    auto points = Json::array();
    for (const auto& point : e.points) points.push_back(pointJson(point));
    return {{"run", e.run}, {"points", points}};
  }
  Json operator()(const Preview& e) const {
    return {{"run", e.run}, {"step", e.step}, {"index", e.index}, {"prompt", e.prompt},
            {"scores", e.scores}};
  }
  Json operator()(const PriorReady& e) const {
    return {{"file", e.prior.file.string()}, {"seed", e.prior.seed}, {"kept", e.prior.kept}, {"index", e.index},
            {"total", e.total}, {"reused", e.reused}};
  }
  Json operator()(const PictureReady& e) const {
    return {{"file", e.picture.file.string()}, {"index", e.index}, {"base", e.base}, {"seed", e.seed}};
  }
  Json operator()(const PictureProgress& e) const { return {{"index", e.index}, {"step", e.step}, {"total", e.total}, {"base", e.base}}; }
  Json operator()(const CheckpointSaved& e) const { return {{"run", e.run}, {"checkpoint", checkpointJson(e.checkpoint)}}; }
  Json operator()(const Notice& e) const { return {{"warning", e.warning}, {"code", e.code}, {"sentence", e.sentence}}; }
  Json operator()(const ProjectChanged& e) const { return {{"project", projectJson(e.project)}}; }
  Json operator()(const CropRendered& e) const { return {{"photo", e.photo.string()}, {"crop", cropJson(e.crop)}}; }
  Json operator()(const Inspected& e) const {
    return {{"text", e.text}, {"about", Json::parse(e.json, nullptr, false)}};
  }
  Json operator()(const Planned& e) const { return planJson(e.plan); }
  Json operator()(const PromptMeasured& e) const {
    return {{"prompt", e.prompt}, {"tokens", e.tokens}, {"chunks", e.chunks}, {"chunk_tokens", e.chunkTokens},
            {"complaint", e.complaint}};
  }
  Json operator()(const Finished& e) const {
    constexpr const char* kOutcomes[] = {"succeeded", "cancelled", "failed"};
    Json json = {{"outcome", kOutcomes[static_cast<int>(e.outcome)]}, {"summary", e.summary}, {"made", paths(e.made)}};
    if (e.error) json["error"] = toJson(*e.error);
    return json;
  }
};

}  // namespace

Json toJson(const Error& error) {
  return {{"code", errorCodeName(error.code)}, {"message", error.message}, {"path", error.path}};
}

Json toJson(const JobEvent& event) {
  Json json = std::visit(Fields{}, event.payload);
  json["event"] = eventName(event.payload);
  json["job"] = event.job;
  json["seq"] = event.seq;
  json["time"] = event.time;
  return json;
}

}  // namespace likeness
