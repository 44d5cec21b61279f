# The small product of tests/contract on a Redmine with an empty database. It prints the keys of its accounts as JSON.
Setting.rest_api_enabled = '1'; Setting.text_formatting = 'common_mark'
u = User.find_by(login: 'admin'); u.must_change_passwd = false; u.save!(validate: false)
new = IssueStatus.create!(name: 'New')
doing = IssueStatus.create!(name: 'In Progress')
done = IssueStatus.create!(name: 'Closed', is_closed: true)
%w[Story Bug Task Epic].each { |n| Tracker.create!(name: n, default_status: new) }
%w[Low Normal High].each_with_index { |n, i| IssuePriority.create!(name: n, is_default: n == 'Normal') }
role = Role.create!(name: 'Readyline', issues_visibility: 'all', permissions: %i[view_issues edit_issues
      add_issue_notes edit_own_issue_notes view_private_notes view_issue_watchers manage_issue_relations])
member_role = Role.create!(name: 'Person', issues_visibility: 'all', permissions: %i[view_issues edit_issues add_issues delete_issues
      add_issue_notes edit_issue_notes view_private_notes view_issue_watchers manage_issue_relations manage_versions manage_subtasks set_issues_private add_issue_watchers])
reader_role = Role.create!(name: 'Reader', issues_visibility: 'all', permissions: %i[view_issues])
def person(login, first, last)
  u = User.create!(firstname: first, lastname: last, mail: "#{login}@x.example", language: 'en', mail_notification: 'only_my_events') { |x| x.login = login; x.password = x.password_confirmation = 'secret-pass-1' }
  [u, Token.create!(user: u, action: 'api').value]
end
bot, bot_key = person('bot', 'Bot', 'Readyline')
ana, ana_key = person('ana', 'Ana', 'Alvarez')
reader, reader_key = person('reader', 'Rea', 'Der')
admin_key = Token.create!(user: u, action: 'api').value
[role, member_role].each { |r| Tracker.all.each { |t| [new, doing, done].permutation(2).each { |a, b| WorkflowTransition.create!(role: r, tracker: t, old_status: a, new_status: b) } } }
p = Project.create!(name: 'Test', identifier: 'test', trackers: Tracker.all, enabled_module_names: %w[issue_tracking time_tracking])
gone = Project.create!(name: 'Archived', identifier: 'archived', trackers: Tracker.all, enabled_module_names: %w[issue_tracking])
[p, gone].each { |x| Member.create!(user: bot, project: x, roles: [role]); Member.create!(user: ana, project: x, roles: [member_role]); Member.create!(user: reader, project: x, roles: [reader_role]) }
gone.archive
IssueCategory.create!(project: p, name: 'payments')
more = { is_for_all: true, is_filter: true, trackers: Tracker.all.to_a }
f = {}
f[:points] = IssueCustomField.create!(name: 'Story points', field_format: 'float', **more).id
f[:rank] = IssueCustomField.create!(name: 'Rank', field_format: 'float', **more).id
f[:tags] = IssueCustomField.create!(name: 'Tags', field_format: 'list', multiple: true, possible_values: %w[Web ios, urgent hands-off team-a], **more).id
f[:flagged] = IssueCustomField.create!(name: 'Impeded', field_format: 'bool', **more).id
%w[ready not-ready].each { |n| f[n] = IssueCustomField.create!(name: "RL #{n}", field_format: 'bool', **more).id }
f[:mark] = IssueCustomField.create!(name: 'readyline', field_format: 'text', visible: false, roles: [role], **more).id
f[:start] = VersionCustomField.create!(name: 'Start', field_format: 'date').id

today = Date.today
[[1,'closed'],[2,'locked'],[3,'open'],[4,'open']].each do |n, state|
  first = today + 14 * (n - 2) - 4
  v = Version.create!(project: p, name: "Sprint #{n}", status: 'open', effective_date: first + 13, custom_field_values: { f[:start].to_s => first.to_s })
end
def make(p, n, tracker, subject, author, values, **more)
  i = Issue.new(project: p, tracker: Tracker.find_by(name: tracker), subject: subject, author: author, priority: IssuePriority.find_by(name: 'Normal'), **more)
  i.custom_field_values = values.transform_keys(&:to_s)
  i.save!
  i
end
User.current = ana
v = Version.order(:id).to_a
i1 = make(p, 1, 'Story', 'Pay by card', ana, { f[:points] => '3.0', f[:tags] => ['Web', 'ios,'], f[:rank] => '2.0' }, category: IssueCategory.first)
i2 = make(p, 2, 'Bug', 'Wrong total', ana, { f[:points] => '2.0', f[:flagged] => '1', f[:rank] => '3.0' })
i3 = make(p, 3, 'Task', 'Tidy up', ana, { f[:rank] => '4.0' }, fixed_version: v[1])
i4 = make(p, 4, 'Story', 'Done long ago', ana, { f[:points] => '5.0' }, fixed_version: v[0])
i5 = make(p, 5, 'Story', 'Comes first', ana, { f[:rank] => '1.0' }, is_private: true)
i6 = make(p, 6, 'Epic', 'Everything about paying', ana, { f[:rank] => '5.0' })
i7 = make(p, 7, 'Story', 'Under the epic', ana, { f[:rank] => '6.0' }, fixed_version: v[2], parent_issue_id: i6.id)
i4.reload; i4.init_journal(ana); i4.status = IssueStatus.find_by(name: 'Closed'); i4.save!
IssueRelation.create!(issue_from: i5, issue_to: i1, relation_type: 'blocks')
i1.reload; i1.init_journal(ana, 'Looks good to me'); i1.save!
v[0].update!(status: 'closed'); v[1].update!(status: 'locked')
puts({ bot: bot_key, ana: ana_key, reader: reader_key, admin: admin_key, fields: f, users: { bot: bot.id, ana: ana.id } }.to_json)
